package discordfake

import (
	"fmt"
	"regexp"
	"strings"
)

// Drawn is a message as people see it.
type Drawn struct {
	Text                     string
	Links, Mentions, Buttons []string
}

// Draw draws a message: every text as Discord reads its Markdown, what stands on
// buttons and menus, and what is said of files.
func Draw(m Message) Drawn {
	var d Drawn
	var lines []string
	walk(m.Components, func(c map[string]any) {
		str := func(name string) string { v, _ := c[name].(string); return v }
		switch number(c["type"]) {
		case 2:
			lines = append(lines, str("label"))
			d.Buttons = append(d.Buttons, str("custom_id"))
		case 3:
			lines = append(lines, str("placeholder"))
			options, _ := c["options"].([]any)
			for _, one := range options {
				o, _ := one.(map[string]any)
				lines = append(lines, fmt.Sprint(o["label"]))
				d.Buttons = append(d.Buttons, fmt.Sprint(o["value"]))
			}
		case 10:
			p := &reader{d: &d}
			lines = append(lines, p.lines(str("content")))
		case 12:
			items, _ := c["items"].([]any)
			for _, one := range items {
				i, _ := one.(map[string]any)
				if alt, ok := i["description"].(string); ok {
					lines = append(lines, alt)
				}
			}
		case 13:
			f, _ := c["file"].(map[string]any)
			lines = append(lines, strings.TrimPrefix(fmt.Sprint(f["url"]), "attachment://"))
		}
	})
	d.Text = strings.Join(lines, "\n")
	return d
}

// reader reads Discord's Markdown
// (https://support.discord.com/hc/articles/210298617, read 2026-11-29; the rules
// are those of the client's grammar as it is commonly described).
type reader struct{ d *Drawn }

var (
	fence    = regexp.MustCompile("^```(?:[A-Za-z0-9_+.#-]+\n)?\n*((?s:.+?))\n*```")
	lineMark = regexp.MustCompile(`^(?:#{1,3} +|-# +|>>> +|> +)`)
	bullet   = regexp.MustCompile(`^ *(?:[-*+]|\d+\.) +`)
	escaped  = regexp.MustCompile(`^\\([^0-9A-Za-z\s])`)
	quoted   = regexp.MustCompile("^``((?s:[^`]|`[^`])+?)``|^`([^`]+)`")
	masked   = regexp.MustCompile(`^\[((?:\\.|[^\[\]\\])+)\]\(<?((?:https?|mailto|tel)[^\s<>]*?)>?\)`)
	angled   = regexp.MustCompile(`^<((?:https?://|mailto:|tel:|sms:)[^\s>]+)>`)
	bare     = regexp.MustCompile(`^(?:https?|steam|slack|ms-settings)://[^\s<]+[^\s<.,:;"'\])]`)
	mention  = regexp.MustCompile(`^<(?:@[!&]?\d+|#\d+|id:\w+|/[^>:]+:\d+|a?:\w+:\d+|t:-?\d+(?::[a-zA-Z])?)>|^@everyone|^@here`)
	emoji    = regexp.MustCompile(`^:(?:warning|skull|smile|x):`)
	pairs    = []*regexp.Regexp{
		regexp.MustCompile(`^\*\*((?:\\.|[^\\])+?)\*\*`), regexp.MustCompile(`^__((?:\\.|[^\\])+?)__`),
		regexp.MustCompile(`^~~((?:\\.|[^\\])+?)~~`), regexp.MustCompile(`^\|\|((?:\\.|[^\\])+?)\|\|`),
		regexp.MustCompile(`^\*((?:\\.|[^\\*\s])(?:\\.|[^\\*])*?)\*`), regexp.MustCompile(`^_((?:\\.|[^\\_])+?)_`),
	}
)

// lines reads text block by block: code, and lines with their marks.
func (r *reader) lines(text string) string {
	var out strings.Builder
	begins := true
	for text != "" {
		if strings.HasPrefix(text, "```") {
			if m := fence.FindStringSubmatch(text); m != nil {
				out.WriteString(m[1])
				text, begins = text[len(m[0]):], false
				continue
			}
		}
		if begins {
			if m := bullet.FindString(text); m != "" {
				out.WriteString("• ")
				text = text[len(m):]
			}
			if m := lineMark.FindString(text); m != "" {
				text = text[len(m):]
			}
			begins = false
			continue
		}
		if text[0] == '\n' {
			out.WriteByte('\n')
			text, begins = text[1:], true
			continue
		}
		shown, n := r.next(text)
		out.WriteString(shown)
		text = text[n:]
	}
	return out.String()
}

// next reads what comes next inside a line, and how long it is.
func (r *reader) next(text string) (string, int) {
	if strings.IndexByte("\\`<[@*_~|:hsm", text[0]) < 0 {
		return r.rune(text)
	}
	if m := escaped.FindStringSubmatch(text); m != nil {
		_, n := r.rune(text[1:])
		return text[1 : 1+n], 1 + n
	}
	if m := quoted.FindStringSubmatch(text); m != nil {
		return m[1] + m[2], len(m[0])
	}
	if m := mention.FindString(text); m != "" {
		r.d.Mentions = append(r.d.Mentions, m)
		return m, len(m)
	}
	if m := masked.FindStringSubmatch(text); m != nil {
		r.d.Links = append(r.d.Links, m[2])
		return r.all(m[1]), len(m[0])
	}
	if m := angled.FindStringSubmatch(text); m != nil {
		r.d.Links = append(r.d.Links, m[1])
		return m[1], len(m[0])
	}
	if m := bare.FindString(text); m != "" {
		r.d.Links = append(r.d.Links, m)
		return m, len(m)
	}
	if m := emoji.FindString(text); m != "" {
		return "\u263a", len(m)
	}
	for _, pair := range pairs {
		if m := pair.FindStringSubmatch(text); m != nil {
			return r.all(m[1]), len(m[0])
		}
	}
	return r.rune(text)
}

// rune is one character.
func (*reader) rune(text string) (string, int) {
	for n := range text {
		if n > 0 {
			return text[:n], n
		}
	}
	return text, len(text)
}

func (r *reader) all(text string) string {
	var out strings.Builder
	for text != "" {
		shown, n := r.next(text)
		out.WriteString(shown)
		text = text[n:]
	}
	return out.String()
}
