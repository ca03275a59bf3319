package detect

import "strings"

// nobody is the directory id that logs carry for an account that does not exist.
const nobody = "00000000-0000-0000-0000-000000000000"

// userOf is the account's part of a client's identity: the directory id where
// the log gives one, since a name can change, and the name otherwise.
func userOf(s *SignIn) string {
	if s.UserID != "" && s.UserID != nobody {
		return strings.ToLower(s.UserID)
	}
	return strings.ToLower(s.User)
}

// alias is the directory id that rows with both gave for a user name.
type alias struct {
	id string
	// ambiguous is set when one name was seen with two ids.
	ambiguous bool
}

func (f *Fold) learn(name, id string) {
	a, ok := f.aliases[name]
	if !ok {
		f.aliases[name] = alias{id: id}
		return
	}
	if a.id != id {
		a.ambiguous = true
		f.aliases[name] = a
	}
}

// settled gives the identity under which a client is reported: exports differ
// in whether they carry directory ids and tenants, so a name seen with one id
// becomes that id, and a row without a tenant belongs to the only tenant there
// is.
func (f *Fold) settled(id identity, only string, one bool) identity {
	if a, ok := f.aliases[id.user]; ok && !a.ambiguous {
		id.user = a.id
	}
	if id.tenant == "" && one {
		id.tenant = only
	}
	return id
}

// onlyTenant gives the tenant of all rows that name one, if it is one.
func (f *Fold) onlyTenant() (string, bool) {
	only, n := "", 0
	for t := range f.tenants {
		if t != "" {
			only = t
			n++
		}
	}
	return only, n == 1
}
