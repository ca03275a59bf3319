package people_test

import (
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/people"
	"legacyauth/detect/migration"
)

// TestButtonsWithoutAnAccount has somebody at the terminal press for a person who is
// told in a file, and holds that nobody else can: neither for another person, nor from
// a platform, nor for a person who is told on one.
func TestButtonsWithoutAnAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save(phone("k7", "priya"), phone("k8", "ben"))
	w.known("ben", "en", "Europe/Lisbon")
	folder := people.Folder{Path: t.TempDir()}
	found, err := folder.Reach(t.Context(), "contoso", "priya@contoso.com")
	if err != nil {
		t.Fatal(err)
	}
	w.folk["priya@contoso.com"] = found
	w.notify("priya")
	w.notify("ben")
	as := func(address string) chat.Person { return chat.Person{Platform: "mail", ID: address, Email: address} }
	type try struct {
		from chat.Person
		in   chat.Place
		line string
	}
	slack := chat.Person{Platform: "slack", Workspace: "T1", ID: "UPRIYA", Email: "priya@contoso.com"}
	for name, refused := range map[string]try{
		"another person":               {as("ben@contoso.com"), terminal.Place(), "done k7"},
		"nobody":                       {chat.Person{Platform: chat.Terminal}, terminal.Place(), "done k7"},
		"from a platform":              {slack, slack.Direct(), "done k7"},
		"by mail and not the terminal": {as("priya@contoso.com"), slack.Direct(), "done k7"},
		"told on a platform":           {as("ben@contoso.com"), terminal.Place(), "done k8"},
	} {
		answer, err := w.people.Handle(t.Context(), chat.Request{From: refused.from, In: refused.in, At: w.Now(), Words: strings.Fields(refused.line)})
		if err != nil || title(answer) != "Not for you" {
			t.Errorf("%s: %q (%v)", name, title(answer), err)
		}
	}
	for _, allowed := range []struct{ line, want string }{
		{"show k7", "1. "}, {"step k7 1", "1 of "}, {"more k7", "Where this stands"}, {"needhelp k7", "has been asked to help you"}, {"done k7", "I can confirm it"},
	} {
		answer, err := w.people.Handle(t.Context(), chat.Request{From: as("Priya@contoso.com"), In: terminal.Place(), At: w.Now(), Words: strings.Fields(allowed.line)})
		if err != nil || !strings.Contains(chat.Plain(answer.Card), allowed.want) {
			t.Errorf("%s: %v\n%s", allowed.line, err, chat.Plain(answer.Card))
		}
	}
	w.wantState("k7", migration.ClaimedDone)
	w.wantState("k8", migration.Told)
}
