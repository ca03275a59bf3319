package language_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"legacyauth/detect/useragent"
	"legacyauth/playbooks/language"
)

func catalog(t *testing.T) *language.Catalog {
	t.Helper()
	c, err := language.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// sources are where words are said.
var sources = []string{"../../playbooks", "../../bot"}

// TestEveryKeyIsSaidAndKnown looks in the program's source for every key of the
// catalog, and in the catalog for every key that the source says.
func TestEveryKeyIsSaidAndKnown(t *testing.T) {
	t.Parallel()
	keys := catalog(t).Keys()
	literals, said := map[string]bool{}, map[string]bool{}
	for _, dir := range sources {
		err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.BasicLit:
					if text, err := strconv.Unquote(n.Value); err == nil {
						literals[text] = true
					}
				case *ast.CallExpr:
					selector, ok := n.Fun.(*ast.SelectorExpr)
					if !ok || len(n.Args) == 0 || !slices.Contains([]string{"Say", "Spans", "Count"}, selector.Sel.Name) {
						break
					}
					if lit, ok := n.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
						text, _ := strconv.Unquote(lit.Value)
						said[text] = true
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	// These keys are put together from a beginning and a value of the program.
	families := map[string]bool{}
	for _, f := range useragent.Families() {
		families["device."+string(f)] = true
	}
	built := func(key string) bool {
		switch {
		case families[key], regexp.MustCompile(`^month\.(0[1-9]|1[0-2])$`).MatchString(key):
			return true
		}
		for _, prefix := range []string{"unnamed.", "what.", "answer.title.", "answer."} {
			if rest, ok := strings.CutPrefix(key, prefix); ok && literals[prefix] && literals[rest] {
				return true
			}
		}
		for _, suffix := range []string{".owned", ".mixed"} {
			if rest, ok := strings.CutSuffix(key, suffix); ok && literals[suffix] && literals[rest] {
				return true
			}
		}
		for _, prefix := range []string{"unnamed.", "what."} {
			if rest, ok := strings.CutPrefix(key, prefix); ok && literals[prefix] && slices.Contains([]string{"smtp", "imap", "pop", "eas", "ews"}, rest) {
				return true
			}
		}
		return false
	}
	for _, key := range keys {
		if !literals[key] && !built(key) {
			t.Errorf("nothing says %s: remove it from every language", key)
		}
	}
	for key := range said {
		if !slices.Contains(keys, key) {
			t.Errorf("%s is said and stands in no language", key)
		}
	}
}

// TestEveryFamilyHasAName is for keys that are put together.
func TestEveryFamilyHasAName(t *testing.T) {
	t.Parallel()
	keys := catalog(t).Keys()
	for _, f := range useragent.Families() {
		if f == useragent.Unknown || f == useragent.ExchangeTranslated {
			continue
		}
		if !slices.Contains(keys, "device."+string(f)) {
			t.Errorf("device.%s is missing", f)
		}
	}
}

func TestLanguageOfALocale(t *testing.T) {
	t.Parallel()
	c := catalog(t)
	for _, tc := range []struct {
		locales []string
		want    string
	}{
		{[]string{"de-CH"}, "de"},
		{[]string{"de"}, "de"},
		{[]string{"fr-CA"}, "fr"},
		{[]string{"es-419"}, "es"},
		{[]string{"pt-PT"}, "pt"},
		{[]string{"pt_BR"}, "pt"},
		{[]string{"en-GB"}, "en"},
		{[]string{"ja"}, "en"},
		{[]string{""}, "en"},
		{[]string{"", "es"}, "es"},
		{[]string{"ja", "fr"}, "fr"},
		{[]string{"not a locale", "de"}, "de"},
		{nil, "en"},
	} {
		if got := c.For(tc.locales...).Code; got != tc.want {
			t.Errorf("For(%q) is %s, want %s", tc.locales, got, tc.want)
		}
	}
}

func TestDatesAndNumbers(t *testing.T) {
	t.Parallel()
	c := catalog(t)
	lisbon, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	first := time.Date(2027, 4, 1, 8, 14, 0, 0, time.UTC).In(lisbon)
	day := func(d int) time.Time { return time.Date(2026, 12, d, 0, 0, 0, 0, time.UTC) }
	for _, tc := range []struct{ locale, date, moment, number, one, many, past string }{
		{"en-US", "April 1, 2027", "April 1, 2027, 09:14 (WEST)", "12,345", "1 day left", "30 days left", "since December 1, 2026"},
		{"en-GB", "1 April 2027", "1 April 2027, 09:14 (WEST)", "12,345", "1 day left", "30 days left", "since 1 December 2026"},
		{"de-DE", "1. April 2027", "1. April 2027, 09:14 Uhr (WEST)", "12.345", "noch 1 Tag", "noch 30 Tage", "seit dem 1. Dezember 2026"},
		{"de-CH", "1. April 2027", "1. April 2027, 09:14 Uhr (WEST)", "12’345", "noch 1 Tag", "noch 30 Tage", "seit dem 1. Dezember 2026"},
		{"fr-FR", "1er avril 2027", "1er avril 2027 à 09:14 (WEST)", "12\u00a0345", "encore 1 jour", "encore 30 jours", "depuis le 1er décembre 2026"},
		{"es-ES", "1 de abril de 2027", "1 de abril de 2027, 09:14 (WEST)", "12.345", "queda 1 día", "quedan 30 días", "desde el 1 de diciembre de 2026"},
		{"pt-BR", "1º de abril de 2027", "1º de abril de 2027, 09:14 (WEST)", "12.345", "falta 1 dia", "faltam 30 dias", "desde 1º de dezembro de 2026"},
	} {
		l := c.For(tc.locale)
		for _, pair := range [][2]string{
			{l.Date(first), tc.date},
			{l.Moment(first), tc.moment},
			{l.Number(12345), tc.number},
			{l.Left(day(2), day(1)), tc.one},
			{l.Left(day(31), day(1)), tc.many},
			{l.Left(day(1), day(31)), tc.past},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s: %q, want %q", tc.locale, pair[0], pair[1])
			}
		}
	}
}

func TestCountriesAreNamed(t *testing.T) {
	t.Parallel()
	for locale, want := range map[string]string{"en": "Germany", "de": "Deutschland", "fr": "Allemagne", "es": "Alemania", "pt": "Alemanha"} {
		if got := catalog(t).For(locale).Country("DE"); got != want {
			t.Errorf("%s: %q, want %q", locale, got, want)
		}
	}
	for code, want := range map[string]string{"US": "the United States", "NL": "the Netherlands", "DO": "the Dominican Republic", "PT": "Portugal"} {
		if got := catalog(t).For("en-US").Country(code); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	if got := catalog(t).For("de").Country("not one"); got != "not one" {
		t.Errorf("%q", got)
	}
	for _, tc := range []struct{ locale, city, code, want string }{
		{"en", "Lisboa", "PT", "Lisboa, Portugal"},
		{"en", "Chicago", "US", "Chicago, United States"},
		{"de", "Chicago", "US", "Chicago, Vereinigte Staaten"},
		{"fr", "Singapore", "SG", "Singapore, Singapour"},
		{"en", "Singapore", "SG", "Singapore"},
		{"es", "Lisboa", "", "Lisboa"},
		{"pt", "{place}", "?", "{place}, ?"},
	} {
		if got := catalog(t).For(tc.locale).City(tc.city, tc.code); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.locale, got, tc.want)
		}
	}
}

// TestValuesStayText fills in what would be a place or a hidden character.
func TestValuesStayText(t *testing.T) {
	t.Parallel()
	got := catalog(t).For("en").Say("list.item", "device", "{state}\u202e", "state", "moved")
	if got != "{state}: moved" {
		t.Errorf("%q", got)
	}
}

func TestLanguagesThatDepartAreRefused(t *testing.T) {
	t.Parallel()
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join("words", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for name, tc := range map[string]struct{ from, to, want string }{
		"missing":        {"month.01: Januar\n", "", "month.01 is missing"},
		"too much":       {"month.01: Januar\n", "month.01: Januar\nmonth.13: Nonember\n", "month.13 is not known in English"},
		"another place":  {`"Ihrem {device}"`, `"Ihrem {model}"`, "yours has the places [{model}], and English has [{device}]"},
		"no number":      {`{one: "noch {n} Tag", other: "noch {n} Tage"}`, `"noch {n} Tage"`, "left depends on a number in one of the two languages only"},
		"a stray brace":  {`"Ihrem {device}"`, `"Ihrem {device"`, "yours: a brace stands alone"},
		"empty":          {"month.01: Januar\n", "month.01: \" \"\n", "month.01: the text is empty"},
		"twice":          {"month.01: Januar\n", "month.01: Januar\nmonth.01: Jänner\n", "month.01"},
		"number as text": {"month.01: Januar\n", "month.01: 1\n", "month.01: it is no text"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			german := read("de.yaml")
			if !strings.Contains(german, tc.from) {
				t.Fatalf("the German words have no %q", tc.from)
			}
			fsys := fstest.MapFS{}
			for _, code := range language.Codes() {
				fsys[code+".yaml"] = &fstest.MapFile{Data: []byte(read(code + ".yaml"))}
			}
			fsys["de.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(german, tc.from, tc.to, 1))}
			if _, err := language.Load(fsys); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%v, want %q", err, tc.want)
			}
		})
	}
}
