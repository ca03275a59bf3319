package entratest

import (
	"strings"
	"testing"
	"time"
)

func filterRow() *Row {
	return &Row{
		ID: "1", Time: time.Date(2026, 11, 21, 8, 30, 0, 0, time.UTC), Event: NonInteractive, ClientApp: "IMAP4",
		UserID: "u1", User: "ada@contoso.com", AppID: "a1", IP: "192.0.2.7", ErrorCode: 50126,
	}
}

func TestFilterHolds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		filter string
		want   bool
	}{
		{"createdDateTime ge 2026-11-21T08:30:00Z", true},
		{"createdDateTime gt 2026-11-21T08:30:00Z", false},
		{"createdDateTime le 2026-11-21T08:30:00Z", true},
		{"createdDateTime lt 2026-11-21T08:30:00Z", false},
		{"createdDateTime eq 2026-11-21T08:30:00.0000000Z", true},
		{"createdDateTime lt 2026-11-21T09:30:00+01:00", false},
		{"createdDateTime lt 2026-11-21T09:30:01+01:00", true},
		{"clientAppUsed eq 'IMAP4'", true},
		{"clientAppUsed eq 'imap4'", false},
		{"clientAppUsed eq 'Other clients; IMAP' or clientAppUsed eq 'IMAP4'", true},
		{"signInEventTypes/any(t: t eq 'nonInteractiveUser')", true},
		{"signInEventTypes/any(t:t eq 'interactiveUser')", false},
		{"signInEventTypes/any(x: x eq 'interactiveUser' or x eq 'nonInteractiveUser')", true},
		{"signInEventTypes/any(t: t ne 'interactiveUser')", true},
		{"userPrincipalName eq 'ada@contoso.com'", true},
		{"userPrincipalName eq 'Ada@contoso.com'", false},
		{"startsWith(userPrincipalName,'ada@')", true},
		{"startswith(userPrincipalName, 'bob')", false},
		{"userPrincipalName eq 'o''hara@contoso.com'", false},
		{"status/errorCode eq 50126", true},
		{"status/errorCode eq 0", false},
		{"userId eq 'u1' and appId eq 'a1' and ipAddress eq '192.0.2.7' and id eq '1'", true},
		// and binds tighter than or, unless parentheses say otherwise.
		{"id eq '1' or id eq '2' and id eq '3'", true},
		{"(id eq '1' or id eq '2') and id eq '3'", false},
		{"id eq '3' and id eq '2' or id eq '1'", true},
		{"((id eq '1'))", true},
	} {
		got, err := parseFilter(c.filter, "beta")
		if err != nil {
			t.Errorf("%s: %v", c.filter, err)
		} else if got.holds(filterRow(), "") != c.want {
			t.Errorf("%s: want %v", c.filter, c.want)
		}
	}
}

func TestFilterRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ filter, message string }{
		{"clientAppUsed ne 'Browser'", "'ne'"},
		{"clientAppUsed eq Browser", "incompatible types"},
		{"clientAppUsed eq 5", "'Edm.String' and 'Edm.Int32'"},
		{"createdDateTime ge '2026-11-21T08:30:00Z'", "'Edm.DateTimeOffset' and 'Edm.String'"},
		{"createdDateTime ge 2026-13-45T08:30:00Z", "literal"},
		{"createdDateTime ge 2026-11-21", "literal"},
		{"createdDateTime ne 2026-11-21T08:30:00Z", "'ne'"},
		{"createdDateTime is 2026-11-21T08:30:00Z", "Syntax error at position 16"},
		{"status/errorCode gt 0", "'gt'"},
		{"status/errorCode eq 'x'", "incompatible types"},
		{"userAgent eq 'BAV2ROPC'", "property named 'userAgent'"},
		{"isInteractive eq false", "property named 'isInteractive'"},
		{"not (id eq '1')", "'not'"},
		{"contains(userAgent,'x')", "'contains'"},
		{"tolower(userPrincipalName) eq 'x'", "'tolower'"},
		{"startsWith(clientAppUsed,'Other')", "startsWith"},
		{"startsWith(userPrincipalName)", "Syntax error"},
		{"signInEventTypes eq 'x'", "property named 'signInEventTypes'"},
		{"signInEventTypes/all(t: t eq 'x')", "function"},
		{"signInEventTypes/any(t: x eq 'y')", "property named 'x'"},
		{"signInEventTypes/any(t: t gt 'y')", "'gt'"},
		{"signInEventTypes/any(t: t/any(u: u eq 'y'))", "function"},
		{"riskEventTypes/any(t: t eq 'x')", "property named 'riskEventTypes'"},
		{"(id eq '1'", "Syntax error at position 10"},
		{"id eq '1')", "Syntax error at position 9"},
		{"id eq '1' id eq '2'", "Syntax error at position 10"},
		{"id eq 'unfinished", "unterminated string"},
		{"id eq", "incompatible types"},
		{"and", "Syntax error"},
		{"id eq '1' AND id eq '1'", "Syntax error"},
		{"id eq '1' & id eq '1'", "Syntax error at position 10"},
		{strings.Repeat("(", 200) + "id eq '1'" + strings.Repeat(")", 200), "node count limit"},
	} {
		if got, err := parseFilter(c.filter, "beta"); err == nil || !strings.Contains(err.Error(), c.message) {
			t.Errorf("%s: got %v, %v; want %s", c.filter, got, err, c.message)
		}
	}
}

func TestFilterBounds(t *testing.T) {
	t.Parallel()
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		filter        string
		after, before time.Time
		apps          int
	}{
		{"id eq '1'", time.Time{}, time.Time{}, 0},
		{"createdDateTime ge 2026-11-01T00:00:00Z and createdDateTime lt 2026-11-02T00:00:00Z", day(1), day(2), 0},
		{"createdDateTime gt 2026-11-01T00:00:00Z and (createdDateTime le 2026-11-05T00:00:00Z and createdDateTime ge 2026-11-03T00:00:00Z)", day(3), day(5), 0},
		{"createdDateTime lt 2026-11-02T00:00:00Z and createdDateTime lt 2026-11-09T00:00:00Z", time.Time{}, day(2), 0},
		{"createdDateTime ge 2026-11-01T00:00:00Z or createdDateTime lt 2026-11-02T00:00:00Z", time.Time{}, time.Time{}, 0},
		{"createdDateTime eq 2026-11-01T00:00:00Z and (clientAppUsed eq 'a' or clientAppUsed eq 'b')", day(1), day(1), 2},
	} {
		f, err := parseFilter(c.filter, "beta")
		if err != nil {
			t.Fatal(err)
		}
		after, before := bounds(f)
		if !after.Equal(c.after) || !before.Equal(c.before) || len(clientApps(f)) != c.apps {
			t.Errorf("%s: %v to %v, %d applications", c.filter, after, before, len(clientApps(f)))
		}
	}
}

// FuzzFilter looks for a filter that breaks the parser, or whose bounds leave
// out a row that it lets through.
func FuzzFilter(f *testing.F) {
	for _, seed := range []string{
		"createdDateTime ge 2026-11-21T00:00:00Z and createdDateTime lt 2026-11-22T00:00:00Z and (clientAppUsed eq 'IMAP4' or clientAppUsed eq 'POP3')",
		"signInEventTypes/any(t: t eq 'interactiveUser' or t eq 'nonInteractiveUser') and status/errorCode eq 50126",
		"startsWith(userPrincipalName,'ada') or id eq 'o''hara'", "((id eq '1'))", "createdDateTime eq 2026-11-21T08:30:00Z or id eq '2'",
		"signInEventTypes/any(t: (t ne 'x'))", "id eq '", "-1-1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parseFilter(text, "beta")
		if err != nil || c == nil {
			return
		}
		r := filterRow()
		after, before := bounds(c)
		inside := !r.Time.Before(after) && (before.IsZero() || !r.Time.After(before))
		if c.holds(r, "") && !inside {
			t.Errorf("%q lets a row through that lies outside %v to %v", text, after, before)
		}
	})
}
