package people

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"

	"legacyauth/adapters/chat"
)

// Directory is a workspace of a platform in which people are found by work
// address.
type Directory struct {
	In        chat.Directory
	Workspace string
}

// Reach looks a person up.
func (d Directory) Reach(ctx context.Context, user string) (Found, error) {
	person, err := d.In.Lookup(ctx, d.Workspace, user)
	if err != nil {
		return Found{}, fmt.Errorf("look up a person: %w", err)
	}
	return Found{Place: person.Direct(), Locale: person.Locale, Zone: person.Zone}, nil
}

// Folder tells each person in a log file of their own, to try everything without
// a chat account.
type Folder struct{ Path string }

// Reach gives the person's file, whose name does not name them.
func (f Folder) Reach(_ context.Context, user string) (Found, error) {
	sum := sha256.Sum256([]byte(strings.ToLower(user)))
	name := hex.EncodeToString(sum[:6]) + ".log"
	return Found{Place: chat.Place{Platform: chat.LogFile, Channel: filepath.Join(f.Path, name)}}, nil
}
