package people

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"legacyauth/adapters/chat"
)

// Directory is a platform in whose workspaces people are found by work address.
type Directory struct {
	In chat.Directory
	// Workspaces are those in which a tenant's people are looked for, in this order.
	Workspaces func(tenant string) []string
}

// Reach looks a person up.
func (d Directory) Reach(ctx context.Context, tenant, user string) (Found, error) {
	for _, workspace := range d.Workspaces(tenant) {
		person, err := d.In.Lookup(ctx, workspace, user)
		if errors.Is(err, chat.ErrNobody) {
			continue
		}
		if err != nil {
			return Found{}, fmt.Errorf("look up a person: %w", err)
		}
		return Found{Place: person.Direct(), Locale: person.Locale, Zone: person.Zone}, nil
	}
	return Found{}, fmt.Errorf("look up a person: %w", chat.ErrNobody)
}

// Elsewhere is for a program on which the platform is not open: people are looked
// for by the one that serves.
type Elsewhere struct{ Platform string }

// Reach finds nobody, and does not say that there is nobody.
func (e Elsewhere) Reach(context.Context, string, string) (Found, error) {
	return Found{}, fmt.Errorf("people on %s are looked for by legacyauth serve", e.Platform)
}

// Unlisted is a platform that knows no work addresses: only who is linked to an
// account is found.
type Unlisted struct{}

// Reach says that the person is linked to no account.
func (Unlisted) Reach(context.Context, string, string) (Found, error) { return Found{}, errUnlinked }

// errUnlinked is a person of a platform on which nobody is linked to the account.
var errUnlinked = errors.New("nobody on the platform is linked to this account")

// Folder tells each person in a log file of their own, to try everything without
// a chat account.
type Folder struct{ Path string }

// Reach gives the person's file, whose name does not name them.
func (f Folder) Reach(_ context.Context, _, user string) (Found, error) {
	sum := sha256.Sum256([]byte(strings.ToLower(user)))
	name := hex.EncodeToString(sum[:6]) + ".log"
	return Found{Place: chat.Place{Platform: chat.LogFile, Channel: filepath.Join(f.Path, name)}}, nil
}
