package detect

import "strings"

// Nobody is the directory id that logs carry for an account that does not exist.
const Nobody = "00000000-0000-0000-0000-000000000000"

// account is a user name or a directory id seen on a legacy row.
type account struct {
	text string // lower-cased
	// byID says that text is a directory id.
	byID bool
	// ambiguous is set when one name was seen with two ids.
	ambiguous bool
	// id is the number of the directory id that rows with both gave for this
	// name; zero when none did.
	id uint32
}

// accounts numbers user names and directory ids, so that clients and repeats
// refer to one copy of each. Number zero is no account.
type accounts struct {
	numbers map[string]uint32
	list    []account
}

func newAccounts() accounts {
	return accounts{numbers: map[string]uint32{}, list: make([]account, 1)}
}

func (a *accounts) number(text string, byID bool) uint32 {
	if text == "" {
		return 0
	}
	text = strings.ToLower(text)
	if n, ok := a.numbers[text]; ok {
		return n
	}
	n := uint32(len(a.list)) //nolint:gosec // a log holds fewer than four billion accounts
	a.list = append(a.list, account{text: text, byID: byID})
	a.numbers[text] = n
	return n
}

// of numbers the two things by which a row can name its account.
func (a *accounts) of(s *SignIn) (name, id uint32) {
	if s.UserID != Nobody {
		id = a.number(s.UserID, true)
	}
	return a.number(s.User, false), id
}

func (a *accounts) text(n uint32) string { return a.list[n].text }

// learn remembers that name and id are one account.
func (a *accounts) learn(name, id uint32) {
	if name == 0 || id == 0 || name == id {
		return
	}
	switch known := &a.list[name]; known.id {
	case 0:
		known.id = id
	case id:
	default:
		known.ambiguous = true
	}
}

// settled gives the directory id of a name seen with one id only, and n itself
// otherwise.
func (a *accounts) settled(n uint32) uint32 {
	if known := a.list[n]; known.id != 0 && !known.ambiguous {
		return known.id
	}
	return n
}

// names gives, for directory ids, the user name that belongs to it: the first
// in order where it was renamed.
func (a *accounts) names() map[uint32]uint32 {
	names := map[uint32]uint32{}
	for n := range a.list {
		name := uint32(n) //nolint:gosec // see number
		id := a.settled(name)
		if id == name {
			continue
		}
		if other, ok := names[id]; !ok || a.text(name) < a.text(other) {
			names[id] = name
		}
	}
	return names
}
