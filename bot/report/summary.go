package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"legacyauth/bot/scan"
	"legacyauth/detect"
	"legacyauth/playbooks/card"
)

// Summary is the card that opens every answer: what was found, what ends when,
// and what was really read.
func Summary(r scan.Result, today time.Time) card.Card {
	c := Found(r, today)
	c.Blocks = append(c.Blocks, card.Heading{Text: []card.Span{card.Text("Coverage")}})
	c.Blocks = append(c.Blocks, CoverageBlocks(r.Coverage)...)
	return c
}

// Found is Summary without what was read, which the caller shows beside it. It
// holds counts and names nobody.
func Found(r scan.Result, today time.Time) card.Card {
	c := card.Card{Title: []card.Span{card.Text(headline(r))}, Tone: tone(r.Coverage)}
	c.Fallback = card.Plainly(c.Title)
	if pairs := found(r, today); len(pairs) > 0 {
		c.Blocks = append(c.Blocks, card.Facts{Pairs: pairs})
	}
	return c
}

// headline never says that nothing was found when something could not be read,
// nor that of client apps that were not asked for or that nobody has listed.
func headline(r scan.Result) string {
	moving, unlisted := 0, 0
	for _, f := range r.Findings {
		switch s := sectionOf(f); {
		case s.moves():
			moving++
		case s == review:
			unlisted++
		}
	}
	incomplete := ""
	if !r.Coverage.Complete {
		incomplete = ", but coverage is incomplete"
	}
	switch {
	case moving == 0 && !r.Coverage.Complete:
		return "No legacy client in what was read" + incomplete + ": this is no all-clear"
	case moving == 0 && unlisted > 0:
		return "No client uses legacy authentication with a listed client app, " + number(unlisted) + " to review"
	case moving == 0 && r.ListedOnly:
		return "No client uses legacy authentication with a listed client app"
	case moving == 0:
		return "No client uses legacy authentication"
	case moving == 1:
		return "1 client still uses legacy authentication" + incomplete
	}
	return fmt.Sprintf("%s clients still use legacy authentication%s", number(moving), incomplete)
}

func tone(c detect.Coverage) card.Tone {
	if !c.Complete {
		return card.Warning
	}
	return card.Info
}

// found says how many clients have each verdict, and the deadlines ahead.
func found(r scan.Result, today time.Time) []card.Fact {
	var pairs []card.Fact
	fact := func(name, value string) {
		pairs = append(pairs, card.Fact{Name: name, Value: []card.Span{card.Text(value)}})
	}
	var moving, besides []string
	for _, s := range sections {
		n := len(inSection(r.Findings, s))
		switch {
		case n == 0 || s == guessing:
		case s.moves():
			moving = append(moving, s.count(n))
		default:
			besides = append(besides, s.count(n))
		}
	}
	if len(moving) > 0 {
		fact("Clients", strings.Join(moving, " · "))
	}
	if len(besides) > 0 {
		fact("Besides", strings.Join(besides, " · "))
	}
	if s := SprayOf(r.Findings); s.Attempts > 0 {
		fact("Password spray", sprayLine(s))
	}
	for _, d := range deadlines(r.Findings, today) {
		fact(d.name, d.words)
	}
	return pairs
}

func sprayLine(s Spray) string {
	line := fmt.Sprintf("%s at %s from %s", several(s.Attempts, "guess", "guesses"), several(s.Accounts, "account", "accounts"), several(s.Networks, "network", "networks"))
	if t := s.Trend(); t != "" {
		line += ", " + t
	}
	return line + " (playbook password-spray)"
}

// several says how many of something there are.
func several(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

type deadline struct{ name, words string }

// deadlines are the ends ahead that clients in use or blocked run into, the
// nearest first.
func deadlines(findings []scan.Finding, today time.Time) []deadline {
	count := map[string]int{}
	ends := map[string]scan.Finding{}
	for _, f := range findings {
		if !f.Dated || !sectionOf(f).moves() || f.Deadline.Date.Before(today) {
			continue
		}
		count[f.Deadline.ID]++
		ends[f.Deadline.ID] = f
	}
	var ids []string
	for id := range ends {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(ends[a].Deadline.Date.Compare(ends[b].Deadline.Date), cmp.Compare(a, b))
	})
	var list []deadline
	for _, id := range ids {
		end := ends[id].Deadline
		list = append(list, deadline{
			name:  ends[id].Protocol.Name(),
			words: fmt.Sprintf("%s for %s, %s", end.Left(today), several(count[id], "client", "clients"), end.Words),
		})
	}
	return list
}

// CoverageBlocks say what was read; the notes carry names of files, which are
// outside text.
func CoverageBlocks(c detect.Coverage) []card.Block {
	n := c.Counts
	pair := func(name, value string) card.Fact {
		return card.Fact{Name: name, Value: []card.Span{card.Text(value)}}
	}
	complete := "yes"
	if !c.Complete {
		complete = "NO"
	}
	window := "no row of the time that was asked for"
	if n.NoTime == n.Read {
		window = "no row carries a time"
	}
	if !c.From.IsZero() {
		window = c.From.UTC().Format("2006-01-02 15:04") + " to " + c.To.UTC().Format("2006-01-02 15:04") + " UTC"
	}
	blocks := []card.Block{card.Facts{Pairs: []card.Fact{
		pair("Complete", complete),
		pair("Window", window),
		pair("Rows", fmt.Sprintf("%s read · %s legacy · %s unknown · %s skipped · %s repeated",
			number(n.Read), number(n.Legacy), number(n.Unknown), number(c.Skipped), number(n.Duplicates))),
		pair("Logs", "interactive "+yes(c.Interactive)+" · non-interactive "+yes(c.NonInteractive)),
	}}}
	if len(c.Notes) > 0 {
		var list card.List
		for _, note := range c.Notes {
			list.Items = append(list.Items, []card.Block{card.Para{Spans: []card.Span{card.Sentence(note)}}})
		}
		blocks = append(blocks, list)
	}
	return blocks
}

func yes(b bool) string {
	if b {
		return "read"
	}
	return "MISSING"
}
