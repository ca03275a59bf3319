package detect

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func in(country, city string) func(*SignIn) {
	return func(s *SignIn) { s.Country, s.City = country, city }
}

func TestSpotOfANetwork(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		rows []spot
		want spot
	}{
		{"none", []spot{{}, {}}, spot{}},
		{"one", []spot{{"PT", "Lisboa"}}, spot{"PT", "Lisboa"}},
		{"a country alone", []spot{{"PT", ""}, {"PT", ""}}, spot{"PT", ""}},
		{"the city of few rows, where the others name none", []spot{{"PT", ""}, {"PT", "Lisboa"}, {"PT", ""}}, spot{"PT", "Lisboa"}},
		{"the most frequent city", []spot{{"PT", "Almada"}, {"PT", "Lisboa"}, {"PT", "Lisboa"}}, spot{"PT", "Lisboa"}},
		{"the first of two cities counted alike", []spot{{"PT", "Lisboa"}, {"PT", "Almada"}}, spot{"PT", "Almada"}},
		{"the first of two countries counted alike", []spot{{"PT", "Lisboa"}, {"ES", "Vigo"}}, spot{"ES", "Vigo"}},
		{
			"the most frequent country, though one city of another is more frequent",
			[]spot{{"ES", "Vigo"}, {"ES", "Vigo"}, {"PT", "Porto"}, {"PT", "Braga"}, {"PT", "Faro"}},
			spot{"PT", "Braga"},
		},
		{"no city of another country", []spot{{"PT", ""}, {"PT", ""}, {"ES", "Vigo"}}, spot{"PT", ""}},
		{"one city, written in two ways", []spot{{"PT", " Lisboa"}, {"PT", "Lisboa"}, {"PT", "Almada"}}, spot{"PT", "Lisboa"}},
		{"a city of no country", []spot{{"", "Lisboa"}}, spot{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var rows []SignIn
			for i, at := range c.rows {
				rows = append(rows, signIn(fmt.Sprint(i), in(at.country, at.city)))
			}
			random := rand.New(rand.NewPCG(3, 4))
			for range 6 {
				stored := newStore()
				stored.pass(t, rows[:len(rows)/2])
				stored.pass(t, rows[len(rows)/2:])
				for how, f := range map[string]*Fold{"rows": fold(rows...), "bundles": stored.fold(t, Window{})} {
					n := only(t, f).Networks[0]
					if got := (spot{n.Country, n.City}); got != c.want || n.Count != len(rows) {
						t.Errorf("%s: %+v of %d sign-ins, want %+v of %d", how, got, n.Count, c.want, len(rows))
					}
				}
				random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			}
		})
	}
}

func TestCityIsShortText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", longestCity)
	cases := []struct{ name, logged, want string }{
		{"a name", "São Paulo", "São Paulo"},
		{"another script", "東京", "東京"},
		{"space around it", " Lisboa\t", "Lisboa"},
		{"not known", "Unknown", ""},
		{"not known, in another case", " UNKNOWN ", ""},
		{"a line break in it", "Lis\nboa", ""},
		{"text that turns around", "Lis\u202eboa", ""},
		{"a NUL", "Lis\x00boa", ""},
		{"not UTF-8", "Lis\xffboa", ""},
		{"as long as a city may be", long, long},
		{"longer", long + "x", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			row := signIn("1", in("PT", c.logged))
			if got := only(t, fold(row)).Networks[0].City; got != c.want {
				t.Errorf("a Fold gives %q, want %q", got, c.want)
			}
			if got := bundled(row)[0].Row.City; got != c.want {
				t.Errorf("a bundle keeps %q, want %q", got, c.want)
			}
		})
	}
}

func FuzzCity(f *testing.F) {
	for _, seed := range []string{"Lisboa", " unknown ", "a\x00b", "\xff", "\u202eb", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, logged string) {
		row := signIn("1", in("PT", logged))
		city := cityOf(&row)
		if len(city) > longestCity || strings.ContainsFunc(city, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("%q became %q", logged, city)
		}
		kept := bundled(row)[0].Row
		if again := cityOf(&kept); again != city {
			t.Errorf("%q became %q, and read back %q", logged, city, again)
		}
	})
}

// Of copies that differ in where they are from the one read first counts, as of
// all that does not decide: by passes as by one Fold.
func TestCopiesOfTwoSpots(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name        string
		first, then spot
	}{
		{"another city", spot{"PT", "Lisboa"}, spot{"PT", "Almada"}},
		{"another country", spot{"PT", "Elvas"}, spot{"ES", "Badajoz"}},
		{"first without a city", spot{"PT", ""}, spot{"PT", "Lisboa"}},
		{"then without a city", spot{"PT", "Lisboa"}, spot{"PT", ""}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rows := []SignIn{signIn("1", in(c.first.country, c.first.city)), signIn("1", in(c.then.country, c.then.city))}
			once := only(t, fold(rows[0]))
			f := fold(rows...)
			if diff := cmp.Diff(once, only(t, f)); diff != "" {
				t.Errorf("the copy changed something (-without +with):\n%s", diff)
			}
			if n := f.Counts(); n.Duplicates != 1 || n.Conflicting != 0 {
				t.Errorf("counts %+v", n)
			}
			for _, passes := range [][][]SignIn{{rows}, {rows[:1], rows[1:]}} {
				stored := newStore()
				for _, pass := range passes {
					stored.pass(t, pass)
				}
				if diff := cmp.Diff(once, only(t, stored.fold(t, Window{}))); diff != "" {
					t.Errorf("%d passes differ (-one fold +passes):\n%s", len(passes), diff)
				}
			}
		})
	}
}

// What was stored before cities were kept is not counted again when its rows
// are read once more with them, and rows of the same day add up with it.
func TestStoredWithoutCities(t *testing.T) {
	t.Parallel()
	named := 0
	for seed := range uint64(30) {
		rows := generate(seed)
		want, half := fold(rows...).Clients(), len(rows)/2
		old := slices.Clone(rows[:half])
		for i := range old {
			old[i].City = ""
		}
		s := newStore()
		s.pass(t, old)
		// A repeat of a row without an id cannot be told from another sign-in.
		again := slices.DeleteFunc(slices.Clone(rows[:half]), func(r SignIn) bool { return r.ID == "" })
		s.pass(t, append(again, rows[half:]...))
		got := s.fold(t, Window{}).Clients()
		for i := range got {
			for j := range got[i].Networks {
				if got[i].Networks[j].City != "" {
					named++
				}
				got[i].Networks[j].City = ""
			}
		}
		for i := range want {
			for j := range want[i].Networks {
				want[i].Networks[j].City = ""
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d (-one fold +passes of two programs):\n%s", seed, diff)
		}
	}
	if named == 0 {
		t.Error("no network has a city")
	}
}
