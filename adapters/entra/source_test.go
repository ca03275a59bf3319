package entra

import (
	"strings"
	"testing"
)

func TestSourceRead(t *testing.T) {
	t.Setenv("LEGACYAUTH_TEST_SECRET", " from-env\n")
	t.Setenv("LEGACYAUTH_TEST_EMPTY", " ")
	for _, c := range []struct {
		name string
		from Source
		want string
		fail string // in the error
	}{
		{name: "environment", from: Source{Env: "LEGACYAUTH_TEST_SECRET"}, want: "from-env"},
		{name: "file", from: Source{File: keep(t, "s", []byte("from-file\r\n"))}, want: "from-file"},
		{name: "both", from: Source{Env: "A", File: "b"}, fail: "both"},
		{name: "neither", from: Source{}, fail: "No place"},
		{name: "empty variable", from: Source{Env: "LEGACYAUTH_TEST_EMPTY"}, fail: "LEGACYAUTH_TEST_EMPTY is empty"},
		{name: "empty file", from: Source{File: keep(t, "e", []byte("\n"))}, fail: "is empty"},
		{name: "missing file", from: Source{File: "/nonexistent/secret"}, fail: "/nonexistent/secret does not exist"},
		{name: "folder", from: Source{File: t.TempDir()}, fail: "is a folder"},
		{name: "huge file", from: Source{File: keep(t, "h", make([]byte, maxSecretFile+1))}, fail: "at most"},
	} {
		t.Run(c.name, func(t *testing.T) {
			secret, err := c.from.Read()
			if c.fail == "" {
				if err != nil || secret.reveal() != c.want {
					t.Fatalf("got %q, %v; want %q", secret.reveal(), err, c.want)
				}
				return
			}
			if e := explained(t, err, CodeConfig); !strings.Contains(e.Error(), c.fail) {
				t.Errorf("the error %q does not say %q", e, c.fail)
			}
		})
	}
}
