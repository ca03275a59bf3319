package chat_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

func TestTyped(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ platform, words, want string }{
		"a chat platform":                  {"slack", "status", "/legacyauth status"},
		"a command of chat alone":          {chat.Terminal, "clients smtp", "legacyauth chat clients smtp"},
		"a command of the program":         {chat.Terminal, "campaign confirm smtp 40", "legacyauth campaign confirm smtp 40"},
		"one that is another there":        {chat.Terminal, "scan", "legacyauth chat scan"},
		"one that begins like another":     {chat.Terminal, "statuses", "legacyauth chat statuses"},
		"below one that is only in part":   {chat.Terminal, "export csv contoso", "legacyauth chat export csv contoso"},
		"a line of usage":                  {chat.Terminal, "campaign start NAME [--paste]", "legacyauth chat campaign start NAME [--paste]"},
		"a log file, read on this machine": {chat.LogFile, "unreachable", "legacyauth unreachable"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := chat.Typed(tt.platform, tt.words); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// Every part of a card that can hold a command has it renamed, and nothing else;
// the card itself stays as it is.
func TestNamed(t *testing.T) {
	t.Parallel()
	with := func(command string) card.Card {
		key := []card.Span{card.Text("To see: "), card.Key(command)}
		return card.Card{Title: key, Blocks: []card.Block{
			card.Heading{Text: key},
			card.Para{Spans: key},
			card.List{Items: [][]card.Block{{card.Para{Spans: key}}}},
			card.Facts{Pairs: []card.Fact{{Name: "Next", Value: key}}},
			card.Code{Text: command + "\n" + command},
			card.Table{Head: []string{"a"}, Rows: [][][]card.Span{{key}}},
			card.Entry{Text: key, Note: key},
			card.Para{Spans: []card.Span{card.Value("/legacyauth status, says an application's name"), card.Key("/legacyauthority status")}},
			card.Code{Lang: "powershell", Text: "/legacyauth status"},
			card.Progress{Done: 1, Total: 2},
		}}
	}
	before := with("/legacyauth status")
	got := chat.Named(before, func(words string) string { return "$ " + words })
	if diff := cmp.Diff(with("$ status"), got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff(with("/legacyauth status"), before); diff != "" {
		t.Errorf("the card was changed: -before +after\n%s", diff)
	}
}
