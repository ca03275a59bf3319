package app

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/people/ask"
)

// What an answer at the terminal names as a command of the program is one, with
// the words of chat: each example of each command is held to the grammar.
func TestWhatTheTerminalNamesCanBeTypedThere(t *testing.T) {
	t.Parallel()
	parser, err := (&Main{}).parser(&grammar{}, &bytes.Buffer{}, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	all := append((&command.Bot{}).Commands(), (&ask.Asked{}).Commands()...)
	lines := []string{"export campaign smtp --form xlsx", "campaign report smtp --by 2026-12-31", "unreachable --tenant=contoso"}
	for i := 0; i < len(all); i++ {
		all = append(all, all[i].Commands...)
		lines = append(lines, all[i].Examples...)
	}
	own := 0
	for _, line := range lines {
		words := command.Split(chat.Typed(chat.Terminal, line))
		if len(words) < 2 || words[0] != "legacyauth" {
			t.Errorf("%s is typed as %q", line, words)
			continue
		}
		if words[1] == "chat" || line == "notify" { // the latter asks in a form, and is no example there
			continue
		}
		own++
		if _, err := parser.Parse(words[1:]); err != nil {
			t.Errorf("%q cannot be typed at the terminal: %v", strings.Join(words, " "), err)
		}
	}
	if own < 15 || slices.Contains(lines, "") {
		t.Errorf("only %d commands are the program's own", own)
	}
}
