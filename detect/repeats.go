package detect

import "hash/maphash"

// repeats remembers the legacy rows that were read, by their id.
type repeats struct {
	seed maphash.Seed
	seen seen
}

func newRepeats() repeats { return repeats{seed: maphash.MakeSeed()} }

// copied is what is remembered of the first copy of a sign-in: in the low 24
// bits the number of its account (zero when the row has none, or past 16
// million accounts), then what decides, then whether another copy differed.
type copied uint32

const (
	copiedAccount = 1<<24 - 1
	contentShift  = 24
	conflicting   = 1 << 31
)

func (c copied) account() uint32 { return uint32(c) & copiedAccount }
func (c copied) content() uint8  { return uint8(c&^conflicting>>contentShift) & 127 } //nolint:gosec // seven bits

func newCopy(account uint32, content uint8) copied {
	if account > copiedAccount {
		account = 0
	}
	return copied(account | uint32(content)<<contentShift)
}

// deciding packs what two copies of a sign-in must agree on into seven bits:
// its protocol and what its result says.
func deciding(s *SignIn, p Protocol, o Outcome) uint8 {
	ending := uint8(o)
	switch {
	case s.addressRefused():
		ending = 6
	case s.Result.Known && s.Result.Code == accountDisabled:
		ending = 7
	}
	return p.number()<<3 | ending
}

// repeated says whether a copy of the sign-in has been read: a row with the
// same id and the same account, as far as both say: exports differ in whether
// they carry user names or directory ids. Rows of one id with two user names are
// two sign-ins.
func (f *Fold) repeated(s *SignIn, name, id uint32, content uint8) bool {
	if s.ID == "" {
		f.counts.NoID++
		return false
	}
	account := name
	if account == 0 {
		account = id
	}
	this := newCopy(account, content)
	hash := maphash.String(f.repeats.seed, s.ID)
	facts, fresh := f.repeats.seen.at(hash)
	if !fresh && f.accounts.differ(copied(*facts).account(), this.account()) {
		hash = maphash.Comparable(f.repeats.seed, [2]uint64{hash, uint64(f.accounts.settled(this.account()))})
		facts, fresh = f.repeats.seen.at(hash)
	}
	if fresh {
		*facts = uint32(this)
		return false
	}
	f.same(facts, this)
	return true
}

// same takes what a repeat adds: the name of an account known by its id only,
// or the reverse, and whether the copies agree.
func (f *Fold) same(facts *uint32, repeat copied) {
	first := copied(*facts)
	if first.content() != repeat.content() && first&conflicting == 0 {
		f.counts.Conflicting++
		first |= conflicting
	}
	if a, b := first.account(), repeat.account(); a != b {
		if f.accounts.list[a].byID || a == 0 {
			a, b = b, a
			first = first&^copiedAccount | copied(a)
		}
		// A row with both outranks what two copies of a sign-in suggest.
		if f.accounts.list[a].id == 0 {
			f.accounts.learn(a, b)
		}
	}
	*facts = uint32(first)
}

// differ says whether two numbers are certainly two accounts: two user names,
// two directory ids, or a user name and an id that is not its own.
func (a *accounts) differ(one, other uint32) bool {
	if one == 0 || other == 0 || one == other {
		return false
	}
	if a.list[one].byID == a.list[other].byID {
		return true
	}
	if a.list[one].byID {
		one, other = other, one
	}
	own := a.settled(one)
	return own != one && own != other
}
