package news_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"legacyauth/adapters/chat"
	"legacyauth/bot/news"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

func place(channel string) chat.Place {
	return chat.Place{Platform: "slack", Workspace: "T1", Channel: channel}
}

func subscription(channel string, edits ...func(*storage.Subscription)) storage.Subscription {
	s := storage.Subscription{ID: 1, Place: place(channel), Mode: news.ModeAlert}
	for _, edit := range edits {
		edit(&s)
	}
	return s
}

// lines tells posts in short: where, what, and how.
func lines(posts []news.Post) []string {
	var list []string
	for _, p := range posts {
		line := p.Place.Channel + " " + string(p.Kind)
		switch {
		case p.Replaces != "":
			line += " edits " + p.Replaces
		case p.Under != "":
			line += " under " + p.Under
		}
		if !p.NotBefore.IsZero() {
			line += " at " + p.NotBefore.UTC().Format("15:04")
		}
		list = append(list, line)
	}
	return list
}

func TestPosts(t *testing.T) {
	t.Parallel()
	const key = "k7f3aaaaaaaa"
	inUse, verified := client(key), client(key, state(migration.Verified))
	blocked := client(key, verdict(detect.Blocked, "x"))
	first := told(t, turn(t, change(nil, inUse)), news.First)
	leaked := told(t, turn(t, change(nil, client(key, verdict(detect.Leaked, "x")))), news.First)
	worse := told(t, turn(t, change(&blocked, inUse)), news.Worse)
	moved := told(t, turn(t, change(&inUse, verified)), news.Verified)
	edited := told(t, turn(t, change(&inUse, client(key, state(migration.Told)))), news.Changed)
	gone := told(t, turn(t, change(nil, client(key, disabled))), news.Disabled)
	failed := turn(t)
	failed.Failed = "It failed."
	lost := told(t, failed, news.Lost)

	night := func(s *storage.Subscription) { s.Quiet = storage.Quiet{From: 7 * 60, To: 10 * 60} }
	only := func(words ...string) func(*storage.Subscription) {
		return func(s *storage.Subscription) { s.Filter.Only = words }
	}
	mode := func(m string) func(*storage.Subscription) { return func(s *storage.Subscription) { s.Mode = m } }
	least := func(x string) func(*storage.Subscription) {
		return func(s *storage.Subscription) { s.Filter.Severity = x }
	}
	tests := map[string]struct {
		item   news.Item
		subs   []storage.Subscription
		admins string
		stands string // the channel where a message stands
		want   []string
	}{
		"new":                          {item: first, subs: []storage.Subscription{subscription("C1"), subscription("C2")}, want: []string{"C1 first", "C2 first"}},
		"two subscriptions, one place": {item: first, subs: []storage.Subscription{subscription("C1"), subscription("C1", only("in-use"))}, want: []string{"C1 first"}},
		"not asked for":                {item: first, subs: []storage.Subscription{subscription("C1", only("blocked"))}},
		"digest alone":                 {item: first, subs: []storage.Subscription{subscription("C1", mode(news.ModeDigest))}},
		"both":                         {item: first, subs: []storage.Subscription{subscription("C1", mode(news.ModeBoth))}, want: []string{"C1 first"}},
		"quiet hours":                  {item: first, subs: []storage.Subscription{subscription("C1", night)}, want: []string{"C1 first at 10:00"}},
		"quiet in one, not the other":  {item: first, subs: []storage.Subscription{subscription("C1", night), subscription("C1")}, want: []string{"C1 first"}},
		"urgent in quiet hours":        {item: leaked, subs: []storage.Subscription{subscription("C1", night)}, want: []string{"C1 first"}},
		"worse under its message":      {item: worse, subs: []storage.Subscription{subscription("C1")}, stands: "C1", want: []string{"C1 worse edits M1", "C1 worse under M1"}},
		"worse without a message":      {item: worse, subs: []storage.Subscription{subscription("C1")}, want: []string{"C1 worse"}},
		"worse, not asked for":         {item: worse, subs: []storage.Subscription{subscription("C1", least("urgent"))}, stands: "C1", want: []string{"C1 worse edits M1"}},
		"verified edits":               {item: moved, subs: []storage.Subscription{subscription("C1", least("high"))}, stands: "C1", want: []string{"C1 verified edits M1"}},
		"verified without a message":   {item: moved, subs: []storage.Subscription{subscription("C1")}, want: []string{"C1 verified"}},
		"changed edits":                {item: edited, subs: []storage.Subscription{subscription("C1"), subscription("C2")}, stands: "C1", want: []string{"C1 changed edits M1"}},
		"disabled to admins":           {item: gone, subs: []storage.Subscription{subscription("C1")}, admins: "A", want: []string{"A disabled"}},
		"disabled, asked for":          {item: gone, subs: []storage.Subscription{subscription("C1", only("disabled"))}, admins: "A", want: []string{"C1 disabled", "A disabled"}},
		"disabled, nobody is admin":    {item: gone, subs: []storage.Subscription{subscription("C1")}, want: []string{"C1 disabled"}},
		"lost passes filters":          {item: lost, subs: []storage.Subscription{subscription("C1", only("spray"), least("urgent"))}, want: []string{"C1 coverage-lost"}},
		"lost, nobody subscribed":      {item: lost, admins: "A", want: []string{"A coverage-lost"}},
		"lost, somebody subscribed":    {item: lost, subs: []storage.Subscription{subscription("C1")}, admins: "A", want: []string{"C1 coverage-lost"}},
		"leaked, nobody asked":         {item: leaked, subs: []storage.Subscription{subscription("C1", only("spray"))}, admins: "A", want: []string{"A first"}},
		"in use, nobody asked":         {item: first, admins: "A"},
		"admins subscribe too":         {item: first, subs: []storage.Subscription{subscription("A"), subscription("C1")}, admins: "A", want: []string{"C1 first", "A first"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := news.Routing{Now: monday, Zones: time.LoadLocation, Standing: func(p chat.Place, subject string) (string, bool) {
				return "M1", p == place(tt.stands) && subject == tt.item.Subject
			}}
			if tt.admins != "" {
				r.Admins = place(tt.admins)
			}
			posts, err := news.Posts([]news.Item{tt.item}, tt.subs, r)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, lines(posts), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("posts: -want +got\n%s", diff)
			}
			keys := map[string]bool{}
			for _, p := range posts {
				if keys[p.Key] {
					t.Errorf("key %s twice", p.Key)
				}
				keys[p.Key] = true
				if m := (chat.Message{Key: p.Key, To: p.Place, Card: p.Card}); m.Check() != nil {
					t.Error(m.Check())
				}
				if p.Under != "" && p.Subject == tt.item.Subject {
					t.Error("a reply has the subject of the message to edit")
				}
				if !p.Expires.After(p.NotBefore) || !p.Expires.After(monday) {
					t.Errorf("expires %v, not before %v", p.Expires, p.NotBefore)
				}
			}
		})
	}
}

func TestPostsSaysWhichZoneIsUnknown(t *testing.T) {
	t.Parallel()
	s := subscription("C1", func(s *storage.Subscription) { s.ID, s.Zone = 7, "Europe/Nowhere" })
	posts, err := news.Posts([]news.Item{told(t, turn(t, change(nil, client("k1"))), news.First)}, []storage.Subscription{s},
		news.Routing{Now: monday, Zones: time.LoadLocation})
	if err == nil || len(posts) != 1 {
		t.Errorf("%d posts, error %v", len(posts), err)
	}
}

func TestMatches(t *testing.T) {
	t.Parallel()
	item := news.Item{Kind: news.First, Severity: news.High, Tenant: "contoso", Verdict: detect.InUse, Protocols: []detect.Protocol{detect.SMTP}}
	tests := map[string]struct {
		filter storage.Filter
		want   bool
	}{
		"everything":      {storage.Filter{}, true},
		"verdict":         {storage.Filter{Only: []string{"in-use"}}, true},
		"other verdict":   {storage.Filter{Only: []string{"blocked"}}, false},
		"kind":            {storage.Filter{Only: []string{"first"}}, true},
		"protocol":        {storage.Filter{Protocols: []detect.Protocol{detect.SMTP}}, true},
		"other protocol":  {storage.Filter{Protocols: []detect.Protocol{detect.POP}}, false},
		"tenant":          {storage.Filter{Tenants: []string{"Contoso"}}, true},
		"other tenant":    {storage.Filter{Tenants: []string{"fabrikam"}}, false},
		"severe enough":   {storage.Filter{Severity: "high"}, true},
		"not so severe":   {storage.Filter{Severity: "urgent"}, false},
		"all of them":     {storage.Filter{Only: []string{"in-use"}, Protocols: []detect.Protocol{detect.SMTP}, Tenants: []string{"contoso"}, Severity: "low"}, true},
		"one of them not": {storage.Filter{Only: []string{"in-use"}, Protocols: []detect.Protocol{detect.EWS}, Tenants: []string{"contoso"}}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := news.Matches(tt.filter, item); got != tt.want {
				t.Errorf("Matches = %t", got)
			}
		})
	}
}

func TestQuietUntil(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	night := storage.Quiet{From: 20 * 60, To: 7 * 60}
	lunch := storage.Quiet{From: 12 * 60, To: 13 * 60}
	small := storage.Quiet{From: 60, To: 2*60 + 30} // 01:00 to 02:30
	tests := []struct {
		quiet     storage.Quiet
		now, want string // local with offset; empty: not quiet
	}{
		{night, "2026-11-23T19:59:59+01:00", ""},
		{night, "2026-11-23T20:00:00+01:00", "2026-11-24T07:00:00+01:00"},
		{night, "2026-11-24T06:59:59+01:00", "2026-11-24T07:00:00+01:00"},
		{night, "2026-11-24T07:00:00+01:00", ""},
		{night, "2026-12-31T23:00:00+01:00", "2027-01-01T07:00:00+01:00"},
		{lunch, "2026-11-23T12:30:00+01:00", "2026-11-23T13:00:00+01:00"},
		{lunch, "2026-11-23T13:00:00+01:00", ""},
		{storage.Quiet{}, "2026-11-23T00:00:00+01:00", ""},
		// 2026-03-29: 02:00 becomes 03:00; 2026-10-25: 03:00 becomes 02:00.
		{night, "2026-03-28T21:00:00+01:00", "2026-03-29T07:00:00+02:00"},
		{night, "2026-10-24T21:00:00+02:00", "2026-10-25T07:00:00+01:00"},
		{small, "2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00"},
		{small, "2026-10-25T02:15:00+02:00", "2026-10-25T02:30:00+01:00"}, // 02:30 comes twice
		{small, "2026-10-25T02:15:00+01:00", "2026-10-25T02:30:00+01:00"},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.quiet, tt.now), func(t *testing.T) {
			t.Parallel()
			now, err := time.Parse(time.RFC3339, tt.now)
			if err != nil {
				t.Fatal(err)
			}
			end, quiet := news.QuietUntil(tt.quiet, now, berlin)
			got := ""
			if quiet {
				got = end.In(berlin).Format(time.RFC3339)
			}
			if got != tt.want {
				t.Errorf("QuietUntil(%s) = %q, want %q", tt.now, got, tt.want)
			}
		})
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	s := storage.Subscription{Mode: news.ModeBoth, Digest: storage.DigestTurn{Day: time.Monday, Minute: 8 * 60}, At: time.Date(2026, 11, 18, 0, 0, 0, 0, time.UTC)}
	tests := map[string]struct {
		last, now string
		want      string // empty: not due
	}{
		"before its hour":         {"", "2026-11-23T07:59:00+01:00", ""},
		"at its hour":             {"", "2026-11-23T08:00:00+01:00", "2026-11-23T08:00:00+01:00"},
		"sent":                    {"2026-11-23T08:00:00+01:00", "2026-11-23T09:00:00+01:00", ""},
		"missed, then made up":    {"2026-11-23T08:00:00+01:00", "2026-12-16T12:00:00+01:00", "2026-12-14T08:00:00+01:00"},
		"subscribed since":        {"", "2026-11-20T12:00:00+01:00", ""},
		"sunday":                  {"2026-11-16T08:00:00+01:00", "2026-11-22T23:59:00+01:00", ""},
		"after the clocks change": {"2026-10-19T08:00:00+02:00", "2026-10-26T08:00:00+01:00", "2026-10-26T08:00:00+01:00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now, _ := time.Parse(time.RFC3339, tt.now)
			last, _ := time.Parse(time.RFC3339, tt.last)
			turn, due := news.Due(s, last, now, berlin)
			got := ""
			if due {
				got = turn.Format(time.RFC3339)
			}
			if got != tt.want {
				t.Errorf("Due = %q, want %q", got, tt.want)
			}
		})
	}
	alerts := s
	alerts.Mode = news.ModeAlert
	if _, due := news.Due(alerts, time.Time{}, monday, berlin); due {
		t.Error("a subscription to alerts alone has a digest")
	}
}

// A place that asked for some of the clients is not shown the others at the first
// look, and no count of its own reads as an all-clear.
func TestTheFirstLookIsWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	in := turn(t, fresh(client("k1", smtp), client("k2"), client("k3", verdict(detect.Blocked, "x")))...)
	in.Marks = nil
	tests := []struct {
		name    string
		filters []storage.Filter
		want    []string
	}{
		{"everything", []storage.Filter{{}}, []string{"3 clients still use", "1 SMTP AUTH · 2 Exchange ActiveSync"}},
		{"a protocol", []storage.Filter{{Protocols: []detect.Protocol{detect.SMTP}}}, []string{"1 client still uses", "1 SMTP AUTH\n", "2 other clients", "38 days left for 1 client"}},
		{"a verdict", []storage.Filter{{Only: []string{"blocked"}}}, []string{"1 client still uses", "1 blocked", "2 other clients"}},
		{"two filters", []storage.Filter{{Only: []string{"blocked"}}, {Protocols: []detect.Protocol{detect.SMTP}}}, []string{"2 clients still use", "1 other client\n"}},
		{"nothing of it", []storage.Filter{{Only: []string{"leaked"}}}, []string{"No client that was asked for here", "3 other clients"}},
		{"another tenant", []storage.Filter{{Tenants: []string{"fabrikam"}, Protocols: []detect.Protocol{detect.IMAP}}, {}}, []string{"3 clients still use"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			items, _ := news.Decide(in)
			var subs []storage.Subscription
			for _, f := range tt.filters {
				subs = append(subs, storage.Subscription{Place: chat.Place{Platform: "slack", Workspace: "T1", Channel: "C1"}, Mode: news.ModeAlert, Filter: f})
			}
			posts, err := news.Posts(items, subs, news.Routing{Now: monday, Zones: time.LoadLocation})
			if err != nil || len(posts) != 1 {
				t.Fatalf("%d posts, %v", len(posts), err)
			}
			text := render(t, posts[0].Card)
			for _, w := range tt.want {
				if !strings.Contains(text, w) {
					t.Errorf("%q is missing in\n%s", w, text)
				}
			}
		})
	}
}
