package markdown_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/markdown"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/card/cardtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func render(t *testing.T, c card.Card) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := markdown.Render(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRender(t *testing.T) {
	t.Parallel()
	const file = "testdata/card.golden.md"
	got := render(t, cardtest.Card())
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
