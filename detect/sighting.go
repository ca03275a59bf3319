package detect

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"time"
)

// Sighting is what is remembered of a sign-in so that a repeat of it is known,
// without anything of it that can be read.
type Sighting struct {
	ID [16]byte // hash of the request id
	// Name and Account are hashes of the user name and of the directory id; 0
	// where the row gives none.
	Name, Account uint64
	At            time.Time // of the sign-in; zero where it cannot be read
	// Content packs the protocol and what the result says: two copies of one
	// sign-in with different contents conflict.
	Content uint8
}

// Sight gives what to remember of a row. It is false for rows of which repeats
// cannot be told or do no harm: those without an id, modern ones, and those that
// no client is made of.
func Sight(s *SignIn) (Sighting, bool) {
	if s.ID == "" || !s.Event.ByUser() || foreign(s) {
		return Sighting{}, false
	}
	protocol := ParseClientApp(s.ClientApp)
	if protocol == Modern {
		return Sighting{}, false
	}
	id := sha256.Sum256([]byte(s.ID))
	x := Sighting{
		ID: [16]byte(id[:16]), Name: hash8(s.User), At: microseconds(s.Time),
		Content: deciding(s, protocol, s.Outcome()),
	}
	if s.UserID != Nobody {
		x.Account = hash8(s.UserID)
	}
	return x, true
}

func hash8(text string) uint64 {
	if text == "" {
		return 0
	}
	sum := sha256.Sum256([]byte(strings.ToLower(text)))
	return max(1, binary.LittleEndian.Uint64(sum[:8]))
}

// Same says whether two rows are one sign-in: they have the same id and are not
// certainly of two accounts. Certain are two names, two directory ids where a
// name is missing, and a name with a directory id that is not the other's.
func (x Sighting) Same(o Sighting) bool {
	if x.ID != o.ID {
		return false
	}
	if x.Name != 0 && o.Name != 0 {
		return x.Name == o.Name
	}
	return x.Account == 0 || o.Account == 0 || x.Account == o.Account
}
