package news_test

import (
	"testing"
	"time"

	"legacyauth/bot/news"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// monday is the time of most turns: 38 days before basic SMTP AUTH ends.
var monday = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

func library(t testing.TB) *playbooks.Library {
	t.Helper()
	l, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// client is a phone in use that was seen from Friday to Sunday.
func client(key string, edits ...func(*storage.Client)) storage.Client {
	c := storage.Client{
		Client: detect.Client{
			Key: key, Tenant: "contoso", User: detect.User{ID: "6b0f5f3c-0c1e-4c7e-9b55-3f6f0a1b2c3d", Name: "anna.berg@contoso.com", Display: "Anna Berg"},
			Protocol: detect.EAS, Device: useragent.Device{Family: useragent.IPhone, Model: "iPhone 11", OS: "iOS", Version: "14.8", Confidence: useragent.Certain},
			Verdict: detect.InUse, Why: "it signs in", Auth: detect.Auth{Kind: detect.Basic},
			First: monday.AddDate(0, 0, -3), Last: monday.AddDate(0, 0, -1), Tally: detect.Tally{Total: 1234, Succeeded: 1234},
			Networks: []detect.Network{{Address: "203.0.113.7", Country: "DE", Count: 1234, City: "Köln"}},
			Agents:   []string{"Apple-iPhone12C1/1808.86"}, Apps: []string{"Office 365 Exchange Online"},
			ByDay: []detect.Day{{Date: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Count: 1234}},
		},
		State: migration.Open, Since: monday.AddDate(0, 0, -3), Revision: 4, TenantName: "contoso", FirstStored: monday.AddDate(0, 0, -3),
	}
	for _, edit := range edits {
		edit(&c)
	}
	return c
}

func verdict(v detect.Verdict, why string) func(*storage.Client) {
	return func(c *storage.Client) { c.Verdict, c.Why = v, why }
}

func state(s migration.State) func(*storage.Client) {
	return func(c *storage.Client) { c.State, c.Since = s, monday }
}

func disabled(c *storage.Client) { c.AccountDisabled = true }

func token(c *storage.Client) { c.Auth.Kind = detect.Token }

func smtp(c *storage.Client) {
	c.Protocol = detect.SMTP
	c.Device = useragent.Device{Family: useragent.Printer, Confidence: useragent.Likely}
}

func guessed(day, count int) func(*storage.Client) {
	return func(c *storage.Client) {
		verdict(detect.Spray, "its network tries passwords")(c)
		c.User = detect.User{Name: "user-" + c.Key + "@contoso.com"}
		date := monday.Truncate(24*time.Hour).AddDate(0, 0, day)
		c.First, c.Last = date, date
		c.ByDay, c.Tally = []detect.Day{{Date: date, Count: count}}, detect.Tally{Total: count, Failed: count}
	}
}

func change(before *storage.Client, after storage.Client) news.Change {
	return news.Change{Before: before, After: after}
}

func fresh(clients ...storage.Client) []news.Change {
	var all []news.Change
	for _, c := range clients {
		all = append(all, change(nil, c))
	}
	return all
}

func same(clients ...storage.Client) []news.Change {
	var all []news.Change
	for _, c := range clients {
		all = append(all, change(&c, c))
	}
	return all
}

var complete = detect.Coverage{Complete: true, From: monday.AddDate(0, 0, -1), To: monday, Interactive: true, NonInteractive: true}

var partial = detect.Coverage{
	From: monday.AddDate(0, 0, -1), To: monday, Interactive: true,
	Notes: []string{"The non-interactive log was not read: ask for AuditLog.Read.All as admin@contoso.com from 203.0.113.9."},
}

// turn is a pass after the baseline was told.
func turn(t testing.TB, clients ...news.Change) news.Turn {
	return news.Turn{
		Tenant: "contoso", Now: monday, Clients: clients, Coverage: complete, CompleteTo: monday.Add(-time.Hour),
		Library: library(t), Contact: "IT service desk, extension 100",
		Marks: map[string]string{news.MarkPrefix + "baseline": "complete 2026-11-01T08:00:00Z"},
	}
}

// outcome is the turn after what it brought has been stored.
func outcome(t news.Turn, marks []news.Mark) news.Turn {
	next := t
	next.Marks = map[string]string{}
	for k, v := range t.Marks {
		next.Marks[k] = v
	}
	for _, m := range marks {
		if m.Value == "" {
			delete(next.Marks, m.Name)
			continue
		}
		next.Marks[m.Name] = m.Value
	}
	next.Clients = nil
	for _, c := range t.Clients {
		next.Clients = append(next.Clients, change(&c.After, c.After))
	}
	if t.Failed == "" && t.Coverage.Complete {
		next.CompleteTo = t.Coverage.To
	}
	return next
}

func kinds(items []news.Item) []news.Kind {
	var list []news.Kind
	for _, i := range items {
		list = append(list, i.Kind)
	}
	return list
}
