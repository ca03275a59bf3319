package detect

import (
	"encoding/hex"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func bundled(rows ...SignIn) []Bundle {
	b := NewBundler()
	_ = b.AddAll(rows)
	return b.Bundles()
}

func TestWhatSharesABundle(t *testing.T) {
	t.Parallel()
	eas := app("Exchange ActiveSync")
	modern := func(changes ...func(*SignIn)) SignIn {
		return signIn("m", append([]func(*SignIn){app("Browser")}, changes...)...)
	}
	cases := []struct {
		name string
		rows []SignIn
		want int
	}{
		{"another time and id", []SignIn{signIn("1"), signIn("2", at(time.Minute))}, 1},
		{"another day", []SignIn{signIn("1"), signIn("2", at(24*time.Hour))}, 2},
		{"another city", []SignIn{signIn("1", in("PT", "Porto")), signIn("2", in("PT", "Faro"))}, 2},
		{"a city and none", []SignIn{signIn("1", in("PT", "Porto")), signIn("2", in("PT", ""))}, 2},
		{"cities that are none", []SignIn{signIn("1", in("PT", "")), signIn("2", in("PT", "unknown")), signIn("3", in("PT", "\t"))}, 1},
		{"cities of no country", []SignIn{signIn("1", in("", "Porto")), signIn("2", in("", "Faro"))}, 1},
		{"another case of the name", []SignIn{signIn("1"), signIn("2", byBoth("ANA@contoso.com", "U-ANA"))}, 1},
		{"another outcome", []SignIn{signIn("1"), signIn("2", code(50126))}, 2},
		{"another version", []SignIn{signIn("1", eas, agent("Apple-iPhone12C1/1907.71")), signIn("2", eas, agent("Apple-iPhone12C1/2108.16"))}, 2},
		{"two addresses of one IPv6 network", []SignIn{signIn("1", from("2001:db8::1")), signIn("2", from("2001:db8::2"))}, 1},
		{"policies in another order", []SignIn{signIn("1", policies("a", "b")), signIn("2", policies("b", "a"))}, 1},
		{"modern: another application", []SignIn{modern(), modern(func(s *SignIn) { s.App = "Teams" })}, 1},
		{"modern: another browser of the same kind of device", []SignIn{
			modern(agent("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari")), modern(agent("Mozilla/5.0 (iPhone) CriOS/9")),
		}, 1},
		{"modern: another kind of device", []SignIn{modern(agent("Mozilla/5.0 (iPhone)")), modern(agent("Mozilla/5.0 (Windows NT 10.0)"))}, 2},
		{"modern: wrong passwords of any code", []SignIn{modern(code(50126)), modern(code(50034))}, 1},
		{"modern: stopped by a policy", []SignIn{modern(code(53003))}, 0},
		{"modern: no address", []SignIn{modern(from(""))}, 0},
		{"a guest and an application", []SignIn{
			signIn("1", func(s *SignIn) { s.HomeTenant, s.UserType = "t9", "guest" }), signIn("2", func(s *SignIn) { s.Event = ServicePrincipal }),
		}, 0},
		{"nobody's", []SignIn{signIn("1", byID(""), from(""))}, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := bundled(c.rows...); len(got) != c.want {
				t.Errorf("got %d bundles, want %d: %+v", len(got), c.want, got)
			}
		})
	}
}

func byBoth(name, id string) func(*SignIn) { return func(s *SignIn) { s.User, s.UserID = name, id } }

func policies(names ...string) func(*SignIn) {
	return func(s *SignIn) { s.ReportOnly, s.PoliciesTold = names, true }
}

// What is stored never changes its form, so what an older program stored is
// still found.
func TestStoredForm(t *testing.T) {
	t.Parallel()
	one := bundled(
		signIn("1", policies("b", "a"), at(90*time.Second), func(s *SignIn) { s.DeviceID = "D1" }),
		signIn("2", policies("a", "b"), at(61*time.Minute), func(s *SignIn) { s.DeviceID = "d1" }),
	)
	if len(one) != 1 {
		t.Fatalf("got %d bundles", len(one))
	}
	body, err := json.Marshal(one[0])
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"row":{"tenant":"t1","time":"2026-11-02T10:01:00Z","userId":"u-ana","user":"ana@contoso.com","clientApp":"IMAP4",` +
		`"agent":"BAV2ROPC","app":"Office 365 Exchange Online","ip":"192.0.2.1","country":"PT","result":{"known":true},` +
		`"reportOnly":["a","b"],"policiesTold":true,"deviceId":"d1","event":2},"first":"2026-11-02T09:01:30Z","count":2,"minutes":"iQEBigEB"}`
	if diff := cmp.Diff(want, string(body)); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
	id, template := one[0].ID(), one[0].Template()
	if got := hex.EncodeToString(id[:]) + " " + hex.EncodeToString(template[:]); got != "02e983c8f9b02f1862fc268210a647a1 81f6bd43280c889bd1d67d1e2f3fc7e2" {
		t.Errorf("id and template %s", got)
	}
}

func TestMerge(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		rows := generate(seed)
		parts := [2]map[[16]byte]Bundle{{}, {}}
		for i := range parts {
			for _, b := range bundled(rows[i*len(rows)/2 : (i+1)*len(rows)/2]...) {
				parts[i][b.ID()] = b
			}
		}
		for _, whole := range bundled(rows...) {
			a, inA := parts[0][whole.ID()]
			b, inB := parts[1][whole.ID()]
			switch {
			case inA && inB:
				if diff := cmp.Diff(a.Merge(b), b.Merge(a)); diff != "" {
					t.Fatalf("the order matters:\n%s", diff)
				}
				a = a.Merge(b)
			case inB:
				a = b
			}
			if diff := cmp.Diff(whole, a); diff != "" {
				t.Fatalf("seed %d (-at once +in two parts):\n%s", seed, diff)
			}
		}
	}
}

// A bundle of no sign-ins changes no bundle of the same day.
func TestPairingsAddNothing(t *testing.T) {
	t.Parallel()
	row := signIn("1", byID("u-ana"))
	twice := signIn("1")
	b := NewBundler()
	b.Add(&row)
	b.Repeated(&twice)
	f := NewFold(Window{})
	for _, one := range b.Bundles() {
		f.Recall(one)
	}
	c := only(t, f)
	if c.User.Name != "ana@contoso.com" || c.User.ID != "u-ana" || c.Tally.Total != 1 {
		t.Errorf("user %+v, tally %+v", c.User, c.Tally)
	}
	if n := b.Counts(); n.Read != 2 || n.Legacy != 2 || n.Duplicates != 1 {
		t.Errorf("counts %+v", n)
	}
}

// What a Bundler counts is what a Fold counts, but for repeats.
func TestBundlerCounts(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		rows := generate(seed)
		b := NewBundler()
		_ = b.AddAll(rows)
		want, got := fold(rows...).Counts(), b.Counts()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d (-fold +bundler):\n%s", seed, diff)
		}
	}
}

func TestLastRight(t *testing.T) {
	t.Parallel()
	right := signIn("1", at(time.Hour), code(53003))
	c := only(t, fold(signIn("0"), right, signIn("2", at(2*time.Hour), code(50126)), signIn("3", at(48*time.Hour), code(50126))))
	if !c.LastRight.Equal(right.Time) {
		t.Errorf("last right password at %v, want %v", c.LastRight, right.Time)
	}
	if diff := cmp.Diff([]int{2, 0}, []int{c.ByDay[0].Right, c.ByDay[1].Right}); diff != "" {
		t.Errorf("right passwords by day (-want +got):\n%s", diff)
	}
	if c := only(t, fold(signIn("1", code(50126)))); !c.LastRight.IsZero() {
		t.Errorf("no right password, but one at %v", c.LastRight)
	}
}
