package news_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"legacyauth/bot/news"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

func expect(t *testing.T, items []news.Item, want ...news.Kind) {
	t.Helper()
	if diff := cmp.Diff(want, kinds(items), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("kinds: -want +got\n%s", diff)
	}
}

func TestBaselineIsOneMessage(t *testing.T) {
	t.Parallel()
	var clients []storage.Client
	for n := range 100 {
		clients = append(clients, client(fmt.Sprintf("k%011d", n)))
	}
	clients = append(clients, client("s1", guessed(-1, 5)), client("s2", guessed(0, 9)))
	in := turn(t, fresh(clients...)...)
	in.Marks = nil
	items, marks := news.Decide(in)
	expect(t, items, news.Baseline)
	if items[0].Severity != news.High {
		t.Errorf("severity %s", items[0].Severity)
	}
	again, _ := news.Decide(outcome(in, marks))
	expect(t, again)
}

func TestBaselineOfATenantThatCannotBeRead(t *testing.T) {
	t.Parallel()
	in := turn(t)
	in.Marks, in.CompleteTo, in.Coverage, in.Failed = nil, time.Time{}, detect.Coverage{}, "The credential was refused."
	items, marks := news.Decide(in)
	expect(t, items, news.Lost)
	then := outcome(in, marks)
	then.Failed, then.Coverage, then.Clients = "", complete, fresh(client("k7f3aaaaaaaa"))
	items, _ = news.Decide(then)
	expect(t, items, news.Baseline, news.Restored)
}

func TestBaselineWithGapsIsFilledIn(t *testing.T) {
	t.Parallel()
	in := turn(t, fresh(client("k1"))...)
	in.Marks, in.Coverage = nil, partial
	items, marks := news.Decide(in)
	expect(t, items, news.Baseline) // one message says both
	if !items[0].Gaps {
		t.Error("the baseline does not say that coverage is incomplete")
	}

	// What else goes wrong is a message of its own, since none stands to be edited.
	worse := outcome(in, marks)
	worse.Failed = "The credential was refused."
	items, _ = news.Decide(worse)
	expect(t, items, news.Lost)
	again, _ := news.Decide(outcome(in, marks))
	expect(t, again)

	// An hour later more of the past is read: it belongs to the first look. What
	// began since is news.
	in = outcome(in, marks)
	in.Now = monday.Add(time.Hour)
	in.Clients = append(in.Clients, fresh(client("k2"), client("k3", func(c *storage.Client) { c.First = monday.Add(time.Minute) }))...)
	items, marks = news.Decide(in)
	expect(t, items, news.Baseline, news.First)
	in = outcome(in, marks)

	// So do guesses of before.
	in.Clients = append(in.Clients, fresh(client("g1", guessed(-1, 5), func(c *storage.Client) { c.First = monday.AddDate(0, 0, -1) }))...)
	items, marks = news.Decide(in)
	expect(t, items, news.Baseline)
	in = outcome(in, marks)

	// The first complete pass closes the first look; after it all is news.
	in.Coverage = complete
	items, marks = news.Decide(in)
	expect(t, items, news.Baseline, news.Restored)
	in = outcome(in, marks)
	in.Clients = append(in.Clients, fresh(client("k4"))...)
	items, _ = news.Decide(in)
	expect(t, items, news.First)
}

func TestCoverage(t *testing.T) {
	t.Parallel()
	in := turn(t)
	in.Failed = "Microsoft Graph answered 403."
	items, marks := news.Decide(in)
	expect(t, items, news.Lost)
	first := items[0].Key

	second, _ := news.Decide(func() news.Turn { later := in; later.Now = in.Now.Add(time.Minute); return later }())
	if second[0].Key != first {
		t.Error("a second replica makes another key for the same loss")
	}

	in = outcome(in, marks)
	in.Now = in.Now.Add(time.Hour)
	items, marks = news.Decide(in)
	expect(t, items)
	in = outcome(in, marks)
	in.Failed = "Microsoft Graph answered 429."
	items, marks = news.Decide(in)
	expect(t, items, news.Changed) // the reason changed: the message is edited
	in = outcome(in, marks)

	in.Failed, in.Now = "", monday.Add(26*time.Hour)
	items, marks = news.Decide(in)
	expect(t, items, news.Restored)
	if want := "Everything can be read again; coverage was missing for 1 day 3 hours."; items[0].Why != want {
		t.Errorf("why = %q, want %q", items[0].Why, want)
	}
	in = outcome(in, marks)
	items, _ = news.Decide(in)
	expect(t, items)

	in.Coverage = partial
	items, _ = news.Decide(in)
	expect(t, items, news.Lost)
	if items[0].Key == first {
		t.Error("a new loss has the key of the old one")
	}
}

func TestDeadlines(t *testing.T) {
	t.Parallel()
	day := func(d int) time.Time { return time.Date(2026, 12, 31, 9, 0, 0, 0, time.UTC).AddDate(0, 0, -d) }
	tests := map[string]struct {
		days []int // left on each turn
		told []int // of them those with news
	}{
		"each threshold once": {[]int{40, 31, 30, 29, 15, 14, 13, 8, 7, 6, 2, 1, 0}, []int{30, 14, 7, 1}},
		"skipped days":        {[]int{31, 13, 12, 5, 0}, []int{13, 5, 0}},
		"bot was off":         {[]int{35, 3, 2}, []int{3}},
		"past":                {[]int{-1, -30}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := turn(t, same(client("k1", smtp))...)
			var told []int
			keys := map[string]bool{}
			for _, d := range tt.days {
				in.Now = day(d)
				items, marks := news.Decide(in)
				for _, i := range items {
					if i.Kind != news.Deadline || keys[i.Key] {
						t.Errorf("%d days left: %s with key %s", d, i.Kind, i.Key)
					}
					keys[i.Key] = true
					told = append(told, d)
				}
				in = outcome(in, marks)
			}
			if diff := cmp.Diff(tt.told, told); diff != "" {
				t.Errorf("told with so many days left: -want +got\n%s", diff)
			}
		})
	}
}

func TestDeadlinesOnlyForProtocolsInUse(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		client storage.Client
		want   []news.Kind
	}{
		"in use":           {client("k1", smtp), []news.Kind{news.Deadline}},
		"leaked":           {client("k1", smtp, verdict(detect.Leaked, "x")), []news.Kind{news.Deadline}},
		"blocked":          {client("k1", smtp, verdict(detect.Blocked, "x")), nil},
		"verified":         {client("k1", smtp, state(migration.Verified)), nil},
		"excepted":         {client("k1", smtp, state(migration.Excepted)), []news.Kind{news.Deadline}},
		"token":            {client("k1", smtp, token), nil},
		"another protocol": {client("k1"), nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := turn(t, same(tt.client)...)
			in.Now = time.Date(2026, 12, 20, 9, 0, 0, 0, time.UTC)
			items, _ := news.Decide(in)
			expect(t, items, tt.want...)
		})
	}
}

func TestSprayIsOneLine(t *testing.T) {
	t.Parallel()
	var wave []news.Change
	for n := range 500 {
		wave = append(wave, fresh(client(fmt.Sprintf("s%d", n), guessed(0, 2)))...)
	}
	in := turn(t, wave...)
	items, marks := news.Decide(in)
	expect(t, items, news.Spray)
	if !strings.Contains(items[0].Card.Fallback, "1,000 guesses at 500 accounts") {
		t.Errorf("fallback %q", items[0].Card.Fallback)
	}
	began := items[0]

	in = outcome(in, marks)
	in.Clients = append(in.Clients, fresh(client("s900", guessed(1, 40)))...)
	items, marks = news.Decide(in)
	expect(t, items, news.Changed)
	if items[0].Subject != began.Subject || items[0].Key == began.Key {
		t.Error("the next day does not edit the same message")
	}

	in = outcome(in, marks)
	in.Clients = append(in.Clients, fresh(client("s901", guessed(2, 20000)))...)
	items, marks = news.Decide(in)
	expect(t, items, news.Spray)
	if items[0].Severity != news.High || items[0].Subject != began.Subject {
		t.Errorf("a leap: %s, %s", items[0].Severity, items[0].Subject)
	}

	in = outcome(in, marks)
	in.Clients = append(in.Clients, fresh(client("s902", guessed(20, 5)))...)
	items, _ = news.Decide(in)
	expect(t, items, news.Spray)
	if items[0].Subject == began.Subject {
		t.Error("a new wave edits the message of the old one")
	}
}

func TestKeysTellEventsApart(t *testing.T) {
	t.Parallel()
	keyOf := func(c news.Change, tenant string) string {
		in := turn(t, c)
		in.Tenant = tenant
		items, _ := news.Decide(in)
		if len(items) != 1 {
			t.Fatalf("%d items", len(items))
		}
		return items[0].Key
	}
	verified := client("k1", state(migration.Verified))
	relapse := func(days int) news.Change {
		return change(&verified, client("k1", state(migration.Relapsed), func(c *storage.Client) { c.Last = c.Last.AddDate(0, 0, days) }))
	}
	blocked := client("k1", verdict(detect.Blocked, "x"))
	events := map[string]string{
		"first seen":           keyOf(change(nil, client("k1")), "contoso"),
		"another client":       keyOf(change(nil, client("k2")), "contoso"),
		"another tenant":       keyOf(change(nil, client("k1")), "fabrikam"),
		"relapse":              keyOf(relapse(0), "contoso"),
		"another relapse":      keyOf(relapse(9), "contoso"),
		"blocked, then in use": keyOf(change(&blocked, client("k1")), "contoso"),
		"blocked, then leaked": keyOf(change(&blocked, client("k1", verdict(detect.Leaked, "x"))), "contoso"),
	}
	seen := map[string]string{}
	for name, key := range events {
		if other, twice := seen[key]; twice {
			t.Errorf("%s and %s have one key", name, other)
		}
		seen[key] = name
	}
	if keyOf(relapse(0), "contoso") != events["relapse"] {
		t.Error("the same relapse has two keys")
	}
}

// anyClient draws clients of all verdicts, states and protocols.
func anyClient(t *rapid.T, key string) storage.Client {
	c := client(key)
	c.Verdict = rapid.SampledFrom(detect.Verdicts()).Draw(t, "verdict")
	c.State = rapid.SampledFrom(migration.States()).Draw(t, "state")
	c.Protocol = rapid.SampledFrom(detect.Protocols()).Draw(t, "protocol")
	c.Auth.Kind = rapid.SampledFrom(detect.AuthKinds()).Draw(t, "auth")
	c.AccountDisabled = rapid.Bool().Draw(t, "disabled")
	c.Last = monday.AddDate(0, 0, -rapid.IntRange(0, 20).Draw(t, "last"))
	c.ByDay = []detect.Day{{Date: c.Last.Truncate(24 * time.Hour), Count: rapid.IntRange(1, 5000).Draw(t, "count")}}
	c.Tally.Total = c.ByDay[0].Count
	return c
}

func anyTurn(t *rapid.T, l news.Turn) news.Turn {
	l.Now = monday.AddDate(0, 0, rapid.IntRange(0, 40).Draw(t, "day"))
	l.Clients = nil
	for n := range rapid.IntRange(0, 6).Draw(t, "clients") {
		key := fmt.Sprintf("k%011d", n)
		c := change(nil, anyClient(t, key))
		if rapid.Bool().Draw(t, "stored") {
			c.Before = ptr(anyClient(t, key))
		}
		l.Clients = append(l.Clients, c)
	}
	l.Coverage = rapid.SampledFrom([]detect.Coverage{complete, partial}).Draw(t, "coverage")
	l.Failed = rapid.SampledFrom([]string{"", "", "It failed."}).Draw(t, "failed")
	l.Marks = map[string]string{}
	for name, values := range map[string][]string{
		"baseline": {"", "complete 2026-11-01T08:00:00Z", "partial 2026-11-22T08:00:00Z", "not ours"},
		"coverage": {"", "2026-11-22T08:00:00Z coverage-lost-x", "not ours"},
		"spray":    {"", "2026-11-10 2026-11-20 40", "not ours"},
	} {
		if v := rapid.SampledFrom(values).Draw(t, name); v != "" {
			l.Marks[news.MarkPrefix+name] = v
		}
	}
	return l
}

func TestDecideTellsOnce(t *testing.T) {
	t.Parallel()
	base := turn(t)
	rapid.Check(t, func(t *rapid.T) {
		in := anyTurn(t, base)
		if in.Failed != "" {
			in.Clients = same(func() (all []storage.Client) {
				for _, c := range in.Clients {
					all = append(all, c.After)
				}
				return all
			}()...)
		}
		items, marks := news.Decide(in)
		again, more := news.Decide(outcome(in, marks))
		if len(again) > 0 || len(more) > 0 {
			t.Fatalf("told %v, then again %v with marks %v", kinds(items), kinds(again), more)
		}
		twin, twinMarks := news.Decide(in)
		if diff := cmp.Diff(items, twin, cmpopts.IgnoreUnexported(news.Item{})) + cmp.Diff(marks, twinMarks); diff != "" {
			t.Fatalf("the same turn gives two answers:\n%s", diff)
		}
	})
}

func TestEveryItemIsWhole(t *testing.T) {
	t.Parallel()
	base := turn(t)
	rapid.Check(t, func(t *rapid.T) {
		in := anyTurn(t, base)
		items, _ := news.Decide(in)
		keys := map[string]bool{}
		loud := false
		for _, i := range items {
			if !strings.HasSuffix(i.Why, ".") || len(i.Why) < 10 || i.Subject == "" || i.Tenant != "contoso" || keys[i.Key] {
				t.Fatalf("%s: why %q, subject %q, key %q", i.Kind, i.Why, i.Subject, i.Key)
			}
			keys[i.Key] = true
			if text := render(t, i.Card); !strings.Contains(text, "Coverage") || i.Card.Fallback == "" {
				t.Fatalf("%s: card without coverage or fallback:\n%s", i.Kind, text)
			}
			loud = loud || i.Kind == news.Lost || i.Gaps
		}
		if (in.Failed != "" || !in.Coverage.Complete) && in.Marks[news.MarkPrefix+"coverage"] == "" && !loud {
			t.Fatal("coverage is lost and nothing says so")
		}
	})
}
