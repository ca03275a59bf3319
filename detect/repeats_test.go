package detect

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func byName(name string) func(*SignIn) { return func(s *SignIn) { s.User, s.UserID = name, "" } }
func byID(id string) func(*SignIn)     { return func(s *SignIn) { s.User, s.UserID = "", id } }

func TestRepeats(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name                             string
		rows                             []SignIn
		clients, duplicates, conflicting int
		onlyIDs                          bool // every client must have a directory id
		mayDiffer                        bool
	}{
		{name: "the same row twice", rows: []SignIn{signIn("1"), signIn("1")}, clients: 1, duplicates: 1},
		{name: "one id, two user names", rows: []SignIn{signIn("1"), signIn("1", user("ben"))}, clients: 2},
		{name: "one id, two user names, each twice", rows: []SignIn{signIn("1"), signIn("1", user("ben")), signIn("1"), signIn("1", user("ben"))}, clients: 2, duplicates: 2},
		{name: "one id, an account and another's directory id", rows: []SignIn{signIn("1"), signIn("1", byID("u-ben"))}, clients: 2},
		{name: "one id, two accounts, the second told in two ways", rows: []SignIn{signIn("1", user("ben")), signIn("1"), signIn("1", byID("u-ana"))}, clients: 2, duplicates: 1},
		{name: "one id, two directory ids", rows: []SignIn{signIn("1", byID("u-ana")), signIn("1", byID("u-ben"))}, clients: 2},
		{
			name: "the user id in one export, the user name in another",
			rows: []SignIn{signIn("1", byID("u-ana")), signIn("1", byName("ana@contoso.com"))}, clients: 1, duplicates: 1, onlyIDs: true,
		},
		{
			name: "the user id in one export, both in another",
			rows: []SignIn{signIn("1", byID("u-ana")), signIn("1")}, clients: 1, duplicates: 1, onlyIDs: true,
		},
		{
			name: "the user name in one export, both in another",
			rows: []SignIn{signIn("1", byName("ana@contoso.com")), signIn("1")}, clients: 1, duplicates: 1, onlyIDs: true,
		},
		{name: "no account in one export", rows: []SignIn{signIn("1"), signIn("1", byID(""))}, clients: 1, duplicates: 1, mayDiffer: true},
		{name: "another error code that means the same", rows: []SignIn{signIn("1", code(53003)), signIn("1", code(530035))}, clients: 1, duplicates: 1},
		{name: "another outcome", rows: []SignIn{signIn("1", code(53003)), signIn("1")}, clients: 1, duplicates: 1, conflicting: 1, mayDiffer: true},
		{name: "another Conditional Access status", rows: []SignIn{signIn("1", caStatus("failure")), signIn("1", caStatus("success"))}, clients: 1, duplicates: 1, conflicting: 1, mayDiffer: true},
		{name: "another protocol", rows: []SignIn{signIn("1", app("POP3")), signIn("1")}, clients: 1, duplicates: 1, conflicting: 1, mayDiffer: true},
		{name: "another meaning of 50053", rows: []SignIn{signIn("1", code(50053), reason(maliciousReason)), signIn("1", code(50053), reason(lockedReason))}, clients: 1, duplicates: 1, conflicting: 1, mayDiffer: true},
		{name: "three copies are one conflict", rows: []SignIn{signIn("1"), signIn("1", code(53003)), signIn("1", code(53003))}, clients: 1, duplicates: 2, conflicting: 1, mayDiffer: true},
		{name: "a difference that nobody is shown", rows: []SignIn{signIn("1"), signIn("1", func(s *SignIn) { s.Resource = "Another" })}, clients: 1, duplicates: 1},
		{name: "another city", rows: []SignIn{signIn("1", in("PT", "Porto")), signIn("1", in("PT", "Braga"))}, clients: 1, duplicates: 1, mayDiffer: true},
		{name: "another country", rows: []SignIn{signIn("1", in("PT", "")), signIn("1", in("ES", ""))}, clients: 1, duplicates: 1, mayDiffer: true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			reversed := make([]SignIn, 0, len(c.rows))
			for i := range c.rows {
				reversed = append(reversed, c.rows[len(c.rows)-1-i])
			}
			there, back := fold(c.rows...), fold(reversed...)
			for order, f := range map[string]*Fold{"in order": there, "reversed": back} {
				n := f.Counts()
				got := [3]int{len(f.Clients()), int(n.Duplicates), int(n.Conflicting)}
				if want := [3]int{c.clients, c.duplicates, c.conflicting}; got != want {
					t.Errorf("%s: clients, duplicates, conflicting = %v, want %v", order, got, want)
				}
				for _, client := range f.Clients() {
					if c.onlyIDs && client.User.ID == "" {
						t.Errorf("%s: client %q has no directory id", order, client.User.Name)
					}
				}
			}
			if c.mayDiffer {
				return
			}
			if diff := cmp.Diff(there.Clients(), back.Clients()); diff != "" {
				t.Errorf("clients depend on the order (-in order +reversed):\n%s", diff)
			}
		})
	}
}

func TestSeenHoldsEveryID(t *testing.T) {
	t.Parallel()
	f := NewFold(Window{})
	const n = 50_000
	for round := range 2 {
		for i := range n {
			s := signIn(fmt.Sprint("id", i))
			f.Add(&s)
		}
		if got := f.Counts().Duplicates; got != int64(round*n) {
			t.Fatalf("after round %d: %d duplicates, want %d", round+1, got, round*n)
		}
	}
}

// Hashes that all belong in a shard's last place go on at its beginning.
func TestSeenWrapsAround(t *testing.T) {
	t.Parallel()
	var table seen
	for round := range 2 {
		for i := range uint64(1000) {
			facts, fresh := table.at(^i)
			if fresh != (round == 0) || !fresh && *facts != uint32(i) {
				t.Fatalf("round %d, hash %d: fresh %t, facts %d", round+1, i, fresh, *facts)
			}
			*facts = uint32(i)
		}
	}
	if _, fresh := table.at(0); !fresh {
		t.Error("a hash of zero was found in a table without it")
	}
	if _, fresh := table.at(0); fresh {
		t.Error("a hash of zero was not kept")
	}
}
