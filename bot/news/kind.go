package news

import "slices"

// Kind says what happened. A kind never changes its meaning: subscriptions and
// stored messages name it.
type Kind string

// The kinds of news.
const (
	Baseline Kind = "baseline"          // what was there at the first start, in one message
	First    Kind = "first"             // a client that was never seen before
	Relapsed Kind = "relapsed"          // a client that had been verified signs in again
	Worse    Kind = "worse"             // its verdict became more urgent
	Verified Kind = "verified"          // it has moved
	Disabled Kind = "disabled"          // it hammers on with a disabled account; for admins
	Spray    Kind = "spray"             // somebody guesses passwords; one line, never one per account
	Lost     Kind = "coverage-lost"     // sign-ins could not be read, or not all of them
	Restored Kind = "coverage-restored" // they can be read again
	Deadline Kind = "deadline"          // a protocol in use ends soon
	Digest   Kind = "digest"            // the week in one message
	Changed  Kind = "changed"           // edits a message that stands; never a message of its own
)

// Kinds lists the kinds that a subscription can name.
func Kinds() []Kind {
	return []Kind{Baseline, First, Relapsed, Worse, Verified, Disabled, Spray, Lost, Restored, Deadline, Digest}
}

// Words is what a person calls the kind, for counts: "2 new", "1 relapsed".
func (k Kind) Words() string {
	words, ok := map[Kind]string{
		Baseline: "first look",
		First:    "new",
		Relapsed: "relapsed",
		Worse:    "worse",
		Verified: "verified",
		Disabled: "of disabled accounts",
		Spray:    "password spray",
		Lost:     "coverage lost",
		Restored: "coverage restored",
		Deadline: "deadline",
		Digest:   "weekly digest",
		Changed:  "changed",
	}[k]
	if !ok {
		return "other"
	}
	return words
}

// manner says how an item becomes a message in a place.
type manner uint8

const (
	announces manner = iota // a new message, or an edit and a reply where one stands
	settles                 // a new message, or an edit alone where one stands
	edits                   // an edit where a message stands, else nothing
)

func (k Kind) manner() manner {
	switch {
	case k == Changed:
		return edits
	case slices.Contains([]Kind{Baseline, Verified}, k):
		return settles
	}
	return announces
}
