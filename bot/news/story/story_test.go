package story_test

import (
	"bytes"
	"flag"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/bot/news/story"
	"legacyauth/playbooks/card"
)

var update = flag.Bool("update", false, "write the golden files anew")

func message(tone card.Tone, title string, pairs ...string) card.Card {
	var facts card.Facts
	for i := 0; i < len(pairs); i += 2 {
		facts.Pairs = append(facts.Pairs, card.Fact{Name: pairs[i], Value: []card.Span{card.Text(pairs[i+1])}})
	}
	return card.Card{Title: []card.Span{card.Text(title)}, Tone: tone, Blocks: []card.Block{facts}}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	monday := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	events := []story.Event{
		{At: monday.Add(75 * time.Hour), Place: "logfile:alerts.log", What: "edited", Card: message(card.Success, "Verified, it has moved: iPhone 11", "Why", "Silent for 7 days.", "Client", "k7f3aaaaaaaa")},
		{At: monday, Place: "logfile:b.log", What: "new message", Card: message(card.Info, "2 clients still use legacy authentication", "Tenant", "contoso", "Coverage", "complete, all of it")},
		{At: monday, Place: "logfile:alerts.log", What: "new message", Card: message(card.Danger, "Coverage lost", "Coverage", "NOTHING READ: this is no all-clear")},
		{At: monday.Add(15*time.Hour + 30*time.Minute), Place: "logfile:alerts.log", What: "reply", Card: message(card.Warning, "Now in use: iPhone 11", "Why", "It was blocked; now it signs in.")},
	}
	var got bytes.Buffer
	if err := story.Write(&got, events, berlin); err != nil {
		t.Fatal(err)
	}
	const file = "testdata/week.golden"
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
