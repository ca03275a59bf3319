package entratest

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestParseRow(t *testing.T) {
	t.Parallel()
	r, err := ParseRow(json.RawMessage(`{"id":"1","createdDateTime":"2026-11-21T08:30:00Z","isInteractive":false,"clientAppUsed":"IMAP4",
		"userId":"u","userPrincipalName":"ada@contoso.com","appId":"a","ipAddress":"192.0.2.7","status":{"errorCode":50126}}`))
	want := *filterRow()
	if err != nil || r.ID != want.ID || !r.Time.Equal(want.Time) || r.event() != want.Event || r.ClientApp != want.ClientApp ||
		r.User != want.User || r.IP != want.IP || r.ErrorCode != want.ErrorCode {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err = ParseRow(json.RawMessage(`{"id":"1","signInEventTypes":["servicePrincipal"],"isInteractive":null,"clientAppUsed":null}`)); err != nil || r.Event != ServicePrincipal {
		t.Errorf("%+v, %v", r, err)
	}
	for _, bad := range []string{``, `[]`, `{}`, `{"id":""}`, `{"id":"1","createdDateTime":"yesterday"}`} {
		if _, err := ParseRow(json.RawMessage(bad)); err == nil {
			t.Errorf("%s is read", bad)
		}
	}
}

// TestRowsStayInOrder adds rows in pieces and in no order.
func TestRowsStayInOrder(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	var l rows
	for n := range 20 {
		more := make([]Row, n)
		for i := range more {
			more[i] = Row{ID: strconv.Itoa(n*100 + i), Time: time.Unix(random.Int64N(50), 0)}
		}
		before := slices.Clone(l.sorted)
		kept := l.sorted
		l.add(more)
		if !slices.Equal(before, kept) {
			t.Fatal("adding rows changes the log that a request may be reading")
		}
	}
	if len(l.sorted) != 190 || !slices.IsSortedFunc(l.sorted, byPlace) {
		t.Errorf("%d rows, in order: %v", len(l.sorted), slices.IsSortedFunc(l.sorted, byPlace))
	}
	for i, r := range l.sorted[1:] {
		if before := l.sorted[i]; before.Time.Before(r.Time) || before.Time.Equal(r.Time) && before.order > r.order {
			t.Errorf("%s stands before %s", before.ID, r.ID)
		}
	}
}

// FuzzShape looks for a row that comes out of a shape as something other than
// JSON, or with a property that the shape hides.
func FuzzShape(f *testing.F) {
	for r := range (Sample{Rows: 3, Legacy: 1, Until: time.Unix(1e9, 0), Over: time.Hour}).All() {
		f.Add(r.appendJSON(nil))
	}
	f.Add([]byte(`{"id":"1","id":"2","authenticationProtocol":"nativeAuth","\u0069d":[{}]}`))
	f.Add([]byte(`{"id":`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		out := shape{v1: true}.append(nil, raw)
		if !json.Valid(raw) {
			return
		}
		if !json.Valid(out) {
			t.Fatalf("%s becomes %s", raw, out)
		}
		var o map[string]any
		if json.Unmarshal(out, &o) != nil {
			return // not an object
		}
		for name := range o {
			if !slices.Contains(v1Properties(), name) || name == "appliedConditionalAccessPolicies" {
				t.Errorf("%s shows %s", out, name)
			}
		}
	})
}

func FuzzParseJWT(f *testing.F) {
	f.Add("e30.e30.AA")
	f.Add("a.b")
	f.Add(strings.Repeat(".", 5))
	key, err := signingKey()
	if err != nil {
		f.Fatal(err)
	}
	good, err := signJWT(key, jwtHeader{Key: "k"}, map[string]string{"a": "b"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Fuzz(func(t *testing.T, text string) {
		token, err := parseJWT(text)
		if err == nil && token.verify(&key.PublicKey) == nil && token.signed != good[:strings.LastIndex(good, ".")] {
			t.Errorf("%q is accepted", text)
		}
	})
}

func FuzzSkipToken(f *testing.F) {
	s, err := newSealer()
	if err != nil {
		f.Fatal(err)
	}
	good, err := s.seal(skipToken{Tenant: "t", Until: time.Unix(1e9, 0)})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add("")
	f.Add("AAAA")
	f.Fuzz(func(t *testing.T, text string) {
		if token, err := s.open(text); err == nil && token.Tenant != "t" {
			t.Errorf("%q is accepted as %+v", text, token)
		}
	})
}
