package news_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/markdown"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/news"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

var update = flag.Bool("update", false, "write the golden files anew")

type failer interface {
	Helper()
	Fatal(args ...any)
}

func render(t failer, c card.Card) string {
	t.Helper()
	var b bytes.Buffer
	if err := terminal.Render(&b, c, terminal.Options{Width: 80, Typed: func(words string) string { return chat.Prefix + " " + words }}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got\n%s", file, diff)
	}
}

// told gives the only item of a turn.
func told(t *testing.T, in news.Turn, kind news.Kind) news.Item {
	t.Helper()
	items, _ := news.Decide(in)
	for _, i := range items {
		if i.Kind == kind {
			return i
		}
	}
	t.Fatalf("no %s among %v", kind, kinds(items))
	return news.Item{}
}

// everything is one item or card of each kind, as people get them.
func everything(t *testing.T) map[string][]card.Card {
	t.Helper()
	const key = "k7f3aaaaaaaa"
	inUse := client(key)
	blocked := client(key, verdict(detect.Blocked, "it has the right password and a policy stops it"))
	verified := client(key, state(migration.Verified))
	proof := change(&inUse, verified)
	proof.Why = "No legacy sign-in with the right password for 7 days, all of them read, and a modern sign-in from an iPhone since."
	both := func(in news.Turn, kind news.Kind) []card.Card {
		i := told(t, in, kind)
		return []card.Card{i.Card, i.Reply}
	}
	one := func(in news.Turn, kind news.Kind) []card.Card { return both(in, kind)[:1] }
	failed := turn(t)
	failed.Failed = "Microsoft Graph refused the credential of the tenant (AADSTS7000222: the client secret has expired)."
	gaps := turn(t)
	gaps.Coverage = partial
	restored := turn(t)
	restored.Marks[news.MarkPrefix+"coverage"] = "2026-11-22T05:30:00Z coverage-lost-x"
	near := turn(t, same(client("k1", smtp), client("k2", smtp), client("k3", smtp, state(migration.Excepted)))...)
	near.Now = time.Date(2026, 12, 18, 9, 0, 0, 0, time.UTC)
	far := near
	far.Now = time.Date(2026, 12, 3, 9, 0, 0, 0, time.UTC)
	last := near
	last.Now = time.Date(2026, 12, 30, 9, 0, 0, 0, time.UTC)
	crowd := append(fresh(client("k1"), client("k2", smtp), client("k3", verdict(detect.Blocked, "x")), client("k4", token),
		client("k5", func(c *storage.Client) { c.Protocol = detect.Unknown })), fresh(client("s1", guessed(-3, 400)), client("s2", guessed(0, 900)))...)
	first := turn(t, crowd...)
	first.Marks = nil
	firstGaps := first
	firstGaps.Coverage = partial
	empty := turn(t)
	empty.Marks = nil
	var storm []news.Held
	for n := range 14 {
		storm = append(storm, news.Held{
			Kind: "first", At: monday.Add(time.Duration(n) * time.Minute),
			Card: told(t, turn(t, change(nil, client(fmt.Sprintf("k%011d", n)))), news.First).Card,
		})
	}
	leap := turn(t, fresh(client("s1", guessed(-3, 400)), client("s2", guessed(0, 9000)))...)
	leap.Marks[news.MarkPrefix+"spray"] = "2026-11-20 2026-11-20 400"
	storm[0].Kind, storm[0].Card = "coverage-lost", told(t, failed, news.Lost).Card
	return map[string][]card.Card{
		"first":          one(turn(t, change(nil, inUse)), news.First),
		"first-leaked":   one(turn(t, change(nil, client(key, verdict(detect.Leaked, "the right password was used from a network that guesses passwords")))), news.First),
		"first-printer":  one(turn(t, change(nil, client(key, smtp))), news.First),
		"first-unlisted": one(turn(t, change(nil, client(key, func(c *storage.Client) { c.Protocol = detect.Unknown }))), news.First),
		"relapsed":       both(turn(t, change(&verified, client(key, state(migration.Relapsed)))), news.Relapsed),
		"worse":          both(turn(t, change(&blocked, inUse)), news.Worse),
		"worse-leaked":   both(turn(t, change(&inUse, client(key, verdict(detect.Leaked, "the right password was used from a network that guesses passwords")))), news.Worse),
		"verified":       one(turn(t, proof), news.Verified),
		"disabled":       both(turn(t, change(&inUse, client(key, disabled))), news.Disabled),
		"changed":        one(turn(t, change(&inUse, client(key, state(migration.ClaimedDone)))), news.Changed),
		"changed-excepted": one(turn(t, change(&inUse, client(key, state(migration.Excepted), func(c *storage.Client) {
			c.ExceptUntil = monday.AddDate(0, 0, 30)
		}))), news.Changed),
		"changed-resumed":   one(turn(t, change(ptr(client(key, state(migration.Excepted))), inUse)), news.Changed),
		"verified-printer":  one(turn(t, change(ptr(client(key, smtp)), client(key, smtp, state(migration.Verified)))), news.Verified),
		"spray-leap":        both(leap, news.Spray),
		"spray":             one(turn(t, fresh(client("s1", guessed(-3, 400)), client("s2", guessed(0, 900)))...), news.Spray),
		"coverage-lost":     one(failed, news.Lost),
		"coverage-gaps":     one(gaps, news.Lost),
		"coverage-restored": one(restored, news.Restored),
		"deadline-30":       one(far, news.Deadline),
		"deadline-14":       one(near, news.Deadline),
		"deadline-1":        one(last, news.Deadline),
		"baseline":          one(first, news.Baseline),
		"baseline-gaps":     one(firstGaps, news.Baseline),
		"baseline-empty":    one(empty, news.Baseline),
		"digest":            {weekly(t, storage.Filter{}, 14, detect.Window{From: monday.AddDate(0, 0, -8), To: monday})},
		"digest-smtp-gaps":  {weekly(t, storage.Filter{Protocols: []detect.Protocol{detect.SMTP}}, 2, detect.Window{From: monday.AddDate(0, 0, -8), To: monday.AddDate(0, 0, -2)})},
		"storm":             {news.Storm(storm, 7)},
	}
}

func weekly(t *testing.T, f storage.Filter, n int, covered detect.Window) card.Card {
	t.Helper()
	w := news.Week{Tenant: "contoso", From: monday.AddDate(0, 0, -7), To: monday, FirstLook: monday.AddDate(0, 0, -6), Library: library(t), Contact: "IT service desk", Covered: []detect.Window{covered}}
	for i := range n {
		w.Clients = append(w.Clients, client(fmt.Sprintf("k%011d", i), func(c *storage.Client) {
			c.FirstStored = monday.Add(-time.Duration(i) * time.Hour)
		}))
	}
	w.Clients[0].FirstStored = monday.AddDate(0, -1, 0)
	w.Clients = append(w.Clients,
		client("kb", smtp, func(c *storage.Client) { c.FirstStored = monday.AddDate(0, 0, -6) }), // of the first look
		client("kp", smtp), client("kv", state(migration.Verified), func(c *storage.Client) { c.Since = monday.AddDate(0, 0, -2) }),
		client("ke", state(migration.Excepted)), client("s1", guessed(-3, 400)), client("s2", guessed(-1, 900)))
	p, ok := news.WeeklyDigest(w, storage.Subscription{ID: 1, Place: place("C1"), Filter: f, Mode: news.ModeDigest}, time.UTC)
	if !ok {
		t.Fatal("no digest")
	}
	return p.Card
}

func TestCards(t *testing.T) {
	t.Parallel()
	for name, cards := range everything(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			for n, c := range cards {
				if n > 0 {
					b.WriteString("\n=== reply in the thread ===\n\n")
				}
				b.WriteString("Fallback: " + c.Fallback + "\n")
				for _, a := range c.Actions {
					fmt.Fprintf(&b, "Button: %s = %s\n", a.Label, a.ID)
				}
				b.WriteString("\n--- terminal ---\n\n" + render(t, c) + "\n--- markdown ---\n\n")
				if err := markdown.Render(&b, c); err != nil {
					t.Fatal(err)
				}
			}
			golden(t, name, b.String())
		})
	}
}

func TestButtonsArePresses(t *testing.T) {
	t.Parallel()
	for name, cards := range everything(t) {
		for _, c := range cards {
			for _, a := range c.Actions {
				if _, err := chat.ParsePress(a.ID); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
}

// TestCardsNameNobody plants a person in everything that Decide is given and
// looks for them in what comes out.
func TestCardsNameNobody(t *testing.T) {
	t.Parallel()
	canaries := []string{"anna", "berg", "6b0f5f3c", "203.0.113", "köln", "198.51.100", "apple-iphone12c1", "canaryagent", "office 365 exchange", "canary policy", "admin@"}
	check := func(name string, c card.Card) {
		t.Helper()
		text := strings.ToLower(render(t, c) + c.Fallback)
		for _, a := range c.Actions {
			text += strings.ToLower(a.ID + a.Label)
		}
		for _, canary := range canaries {
			if strings.Contains(text, canary) {
				t.Errorf("%s names %q:\n%s", name, canary, text)
			}
		}
	}
	for name, cards := range everything(t) {
		for _, c := range cards {
			check(name, c)
		}
	}
	for _, agent := range []string{"CanaryAgent/1.0", "Android-Anna-Berg/1.0", "anna.berg/2", "203.0.113.7/1", "python-canaryagent/2.0 (anna@contoso.com)"} {
		c := client("k7f3aaaaaaaa", func(c *storage.Client) {
			c.Device, c.Agents, c.ReportOnly = useragent.Decode(agent), []string{agent}, []string{"Canary policy"}
			c.Why = "it signs in as anna.berg@contoso.com from 198.51.100.4, [2001:db8::1]:25 and 6b0f5f3c-0c1e-4c7e-9b55-3f6f0a1b2c3d"
		})
		check(agent, told(t, turn(t, change(nil, c)), news.First).Card)
	}
	lost := turn(t)
	lost.Failed = "no answer for anna.berg@contoso.com (203.0.113.7), asked from 198.51.100.0/24."
	check("failed", told(t, lost, news.Lost).Card)
}
