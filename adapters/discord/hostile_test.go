package discord

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// TestHostileTextBesideMessages puts text that tries to be more than text where no
// Markdown is read: into forms, completions, names of files, what is said of a
// picture, buttons and menus. Threads are not named by the program. What stands in a
// message is for chattest.
func TestHostileTextBesideMessages(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"mentions":   "@everyone <@123456789012345678> <#1>",
		"markup":     "**a** ||b|| [x](https://evil.example) `c`",
		"direction":  "a\u202eb\u2066c\u200f",
		"controls":   "a\x1b[31mb\x00c\r\nd",
		"JSON":       `"},{"custom_id":"forged","x":"`,
		"a path":     "../../etc/passwd\\..\\x",
		"attachment": "attachment://other.png",
		"long":       strings.Repeat("🖨 @everyone ", 900),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			form, err := shownForm(chat.Form{
				ID: chat.Press{Verb: "except", Subject: "k7"}, Title: "Form", Intro: text,
				Fields: []chat.Field{
					{Name: "why", Label: "Why", Hint: text, Value: text, Long: true},
					{Name: "who", Label: "Who", Optional: true, Value: "a", Choices: []chat.Choice{{Label: text, Value: "a"}}},
				},
			}, nil)
			if err != nil {
				t.Fatal(err)
			}
			list, _ := attached(mustPack(t, chat.File{Name: text + ".png", Type: "image/png", Alt: text, Data: []byte("x")}))
			entry := card.Entry{Text: []card.Span{card.Value(text)}, Menu: []card.Action{{ID: "a:b:0", Label: text}, {ID: "c:b:0", Label: text}}}
			container, _ := draw(card.Card{Title: []card.Span{card.Text("t")}, Blocks: []card.Block{entry}, Actions: []card.Action{{ID: "d:b:0", Label: text}}}, nil, mark{})
			for what, v := range map[string]any{"form": form, "completions": offerable([]chat.Choice{{Label: text, Value: "v"}}), "file": list, "message": container} {
				raw, err := json.Marshal(v)
				if err != nil {
					t.Fatal(err)
				}
				walkTexts(t, what, raw)
			}
			if file := list[0].Filename; !regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$`).MatchString(file) {
				t.Errorf("the file is called %q", file)
			}
			if length(list[0].Description) > 1024 {
				t.Errorf("what is said of the picture has %d characters", length(list[0].Description))
			}
		})
	}
}

func mustPack(t *testing.T, f chat.File) []file {
	t.Helper()
	fit, left := packed([]chat.File{f})
	if len(fit) != 1 || len(left) > 0 {
		t.Fatalf("%d files fit, and not %q", len(fit), left)
	}
	return fit
}

// walkTexts expects no text with anything that does not print, and nothing forged.
func walkTexts(t *testing.T, what string, raw []byte) {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if v["custom_id"] == "forged" {
				t.Errorf("%s: a component is forged: %s", what, raw)
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		case string:
			for _, r := range v {
				if !unicode.IsPrint(r) && r != '\n' {
					t.Errorf("%s: %U stands in %q", what, r, v)
					return
				}
			}
		}
	}
	walk(v)
}
