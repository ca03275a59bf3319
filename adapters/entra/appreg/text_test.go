package appreg

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

func all() Options {
	return Options{Name: "Legacy auth (Contoso)", Tenant: "contoso.onmicrosoft.com", Cloud: "usgov", With: []string{"Policy.Read.All"}, Months: 6}
}

func TestTextsAreAsReviewed(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]Options{"plain": {}, "all": all()} {
		for _, form := range Forms() {
			text, err := Text(form, o)
			if err != nil {
				t.Fatalf("%s %s: %v", name, form, err)
			}
			golden(t, name+"."+string(form), text)
			next, err := Next(form, o)
			if err != nil {
				t.Fatalf("%s %s: %v", name, form, err)
			}
			golden(t, name+"."+string(form)+".next", next)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got\n%s", name, diff)
	}
}

func TestTextIsPlainAndReadOnly(t *testing.T) {
	t.Parallel()
	for _, form := range Forms() {
		text, err := Text(form, all())
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range text {
			if r != '\n' && (r < ' ' || r > '~') {
				t.Errorf("%s has the character %U at byte %d, which a terminal or an editor may change", form, r, i)
			}
		}
		if strings.Contains(text, "Write.") && !strings.Contains(text, "Application.ReadWrite.All") {
			t.Errorf("%s asks for a permission that writes", form)
		}
		if strings.Contains(text, "<no value>") {
			t.Errorf("%s has an empty place", form)
		}
	}
}

func TestShellScriptParses(t *testing.T) {
	t.Parallel()
	text, err := Text(Az, all())
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range [][]string{{"bash", "-n", "-"}, {"shellcheck", "--shell=bash", "-"}} {
		program, err := exec.LookPath(check[0])
		if err != nil {
			t.Logf("%s is not installed here", check[0])
			continue
		}
		cmd := exec.Command(program, check[1:]...)
		cmd.Stdin = strings.NewReader(text)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", check[0], err, out)
		}
	}
}

func TestManifestHasTheShapeOfAnApplication(t *testing.T) {
	t.Parallel()
	text, err := Text(Manifest, all())
	if err != nil {
		t.Fatal(err)
	}
	var app struct {
		DisplayName, SignInAudience, Notes string
		RequiredResourceAccess             []struct {
			ResourceAppID  string
			ResourceAccess []struct{ ID, Type string }
		}
	}
	if err := json.Unmarshal([]byte(text), &app); err != nil {
		t.Fatal(err)
	}
	if len(app.Notes) > 1024 {
		t.Errorf("notes have %d characters, more than an application may have", len(app.Notes))
	}
	if len(app.RequiredResourceAccess) != 1 || app.RequiredResourceAccess[0].ResourceAppID != GraphAppID {
		t.Fatalf("asks for %+v", app.RequiredResourceAccess)
	}
	asked := app.RequiredResourceAccess[0].ResourceAccess
	if want := append(Required(), Optional()...); len(asked) != len(want) {
		t.Fatalf("asks for %d permissions, want %d", len(asked), len(want))
	} else {
		for i, p := range want {
			if asked[i].ID != p.ID || asked[i].Type != "Role" {
				t.Errorf("permission %d is %+v, want %s as a role", i, asked[i], p.ID)
			}
		}
	}
}

func TestPowerShellScriptIsBalanced(t *testing.T) {
	t.Parallel()
	text, err := Text(PS1, all())
	if err != nil {
		t.Fatal(err)
	}
	var open []rune
	closes := map[rune]rune{')': '(', ']': '[', '}': '{'}
	for n, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		for _, r := range line {
			switch r {
			case '(', '[', '{':
				open = append(open, r)
			case ')', ']', '}':
				if len(open) == 0 || open[len(open)-1] != closes[r] {
					t.Fatalf("line %d closes what is not open: %s", n+1, line)
				}
				open = open[:len(open)-1]
			}
		}
	}
	if len(open) > 0 {
		t.Errorf("%q stay open", string(open))
	}
	if strings.Count(text, "@\"\n") != 1 || strings.Count(text, "\n\"@\n") != 1 {
		t.Error("the here-string is not closed at the start of a line")
	}
}
