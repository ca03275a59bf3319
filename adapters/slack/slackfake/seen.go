package slackfake

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// Seen is what a person sees of blocks.
type Seen struct {
	Text string
	// Notice is what a notification says, Links what can be followed, Mentions what
	// notifies somebody or names a channel, Buttons the values of what can be pressed.
	Notice                   string
	Links, Mentions, Buttons []string
}

// See gives what a person sees of a message: its blocks, and its text where it has
// none. Files stand below it.
func (m Message) See() Seen {
	seen := See(m.Blocks)
	notice := markup(m.Text)
	seen.Notice = notice.Text
	seen.Mentions = append(seen.Mentions, notice.Mentions...)
	if len(m.Blocks) == 0 {
		seen.Text = notice.Text
		seen.Links = append(seen.Links, notice.Links...)
	}
	for _, f := range m.Files {
		seen.Text += "\n" + f.Name + " " + f.Title + " " + f.Alt
	}
	return seen
}

// See gives what a person sees of blocks.
func See(raw json.RawMessage) Seen {
	var blocks []any
	if json.Unmarshal(raw, &blocks) != nil {
		return Seen{}
	}
	s := &Seen{}
	s.walk(blocks)
	return *s
}

// order is how the parts of an object stand on the screen.
var order = []string{"title", "text", "label", "fields", "elements", "element", "accessory", "options", "alt_text", "hint", "placeholder", "initial_value", "confirm"}

func (s *Seen) walk(v any) {
	switch v := v.(type) {
	case []any:
		for _, each := range v {
			s.walk(each)
		}
	case map[string]any:
		s.object(v)
	}
}

func (s *Seen) object(o map[string]any) {
	kind := str(o, "type")
	switch kind {
	case "text":
		s.Text += str(o, "text")
		return
	case "plain_text":
		s.Text += str(o, "text") + "\n"
		return
	case "mrkdwn":
		inner := markup(str(o, "text"))
		s.Text += inner.Text + "\n"
		s.Links = append(s.Links, inner.Links...)
		s.Mentions = append(s.Mentions, inner.Mentions...)
		return
	case "link":
		s.Text += first(str(o, "text"), str(o, "url"))
		s.Links = append(s.Links, str(o, "url"))
		return
	case "user", "usergroup", "channel", "broadcast":
		s.Mentions = append(s.Mentions, kind+" "+str(o, kind+"_id")+str(o, "range"))
		return
	case "emoji":
		s.Text += ":" + str(o, "name") + ":"
		return
	}
	if value := str(o, "value"); value != "" && (kind == "button" || kind == "") {
		s.Buttons = append(s.Buttons, value)
	}
	if address := str(o, "url"); address != "" {
		s.Links = append(s.Links, address)
	}
	for _, name := range order {
		if text, ok := o[name].(string); ok {
			s.Text += text + "\n"
			continue
		}
		s.walk(o[name])
	}
	if kind != "" && kind != "button" {
		s.Text += "\n"
	}
}

var (
	angled = regexp.MustCompile(`<([^<>]*)>`)
	bare   = regexp.MustCompile(`\bhttps?://[^\s<>|]+`)
)

// markup reads a text of the kind mrkdwn, or the text of a message.
func markup(text string) Seen {
	var s Seen
	text = angled.ReplaceAllStringFunc(text, func(whole string) string {
		inside, shown, named := strings.Cut(whole[1:len(whole)-1], "|")
		switch {
		case inside == "":
			return ""
		case strings.ContainsRune("@#!", rune(inside[0])):
			s.Mentions = append(s.Mentions, inside)
		default:
			s.Links = append(s.Links, inside)
		}
		if named {
			return shown
		}
		return inside
	})
	for _, address := range bare.FindAllString(text, -1) {
		if !slices.Contains(s.Links, address) {
			s.Links = append(s.Links, address)
		}
	}
	s.Text = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
	return s
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
