package playbooks

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestBuiltinIsWhole reads the built-in library at once, and as programs do: from
// its index first. What it says is the same, whoever is asked first.
func TestBuiltinIsWhole(t *testing.T) {
	t.Parallel()
	whole, err := (&Library{}).with(readEmbedded())
	if err != nil {
		t.Fatal(err)
	}
	indexed, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ids(whole.all), ids(indexed.all)); diff != "" {
		t.Error(diff)
	}
	translated := 0
	for i, p := range indexed.all {
		want := whole.all[i]
		if diff := cmp.Diff(want.Languages(), p.Languages()); diff != "" {
			t.Errorf("%s: %s", p.ID, diff)
		}
		translated += len(p.Languages()) - 1
		if diff := cmp.Diff(want.Card(Facts{}), p.Card(Facts{})); diff != "" {
			t.Errorf("%s: %s", p.ID, diff)
		}
	}
	if translated == 0 {
		t.Error("nothing is translated")
	}
}
