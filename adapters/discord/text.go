package discord

import (
	"net/url"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"legacyauth/playbooks/card"
)

// marks are the characters that mean something to Discord wherever they stand
// (https://support.discord.com/hc/articles/210298617, read 2026-11-29): emphasis,
// code, spoilers, mentions, timestamps, emoji, links and their names. A backslash
// before any of them makes it itself.
const marks = "\\*_~|`<>@:[]#"

// opening is a mark that means something only where a line begins.
var opening = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:[-+]|[0-9]+\.)`) })

// escape makes text read as itself inside a line.
func escape(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(marks, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// inline writes spans as one line, to stand where a line begins.
func inline(spans []card.Span) string {
	return opening().ReplaceAllStringFunc(within(spans), func(mark string) string {
		return mark[:len(mark)-1] + `\` + mark[len(mark)-1:]
	})
}

// within writes spans as part of a line.
func within(spans []card.Span) string {
	var b strings.Builder
	for i, s := range spans {
		text := card.Printable(s.Text)
		if b.Len() == 0 {
			text = strings.TrimLeft(text, " ")
		}
		if i == len(spans)-1 {
			text = strings.TrimRight(text, " ")
		}
		switch s.Style {
		case card.Mono:
			b.WriteString(mono(text))
		case card.Link:
			b.WriteString(link(text, s.URL))
		case card.Strong:
			b.WriteString(set("**", text, b.String(), spans[i+1:]))
		case card.Emph:
			b.WriteString(set("*", text, b.String(), spans[i+1:]))
		default:
			b.WriteString(escape(text))
		}
	}
	return b.String()
}

// set puts text between marks, its outer spaces outside of them, where the marks
// stand apart from what is around; elsewhere it gives the text alone, for text
// matters more than weight.
func set(mark, text, before string, after []card.Span) string {
	inner := strings.Trim(text, " ")
	if inner == "" {
		return text
	}
	lead, trail, _ := strings.Cut(text, inner)
	prev, _ := utf8.DecodeLastRuneInString(before)
	next := ' '
	for _, s := range after {
		if s.Text != "" {
			next, _ = utf8.DecodeRuneInString(s.Text)
			if s.Style != card.Plain {
				next = '*'
			}
			break
		}
	}
	if before != "" && lead == "" && !apart(prev) || trail == "" && !apart(next) {
		return escape(text)
	}
	return lead + mark + escape(inner) + mark + trail
}

func apart(r rune) bool {
	return unicode.IsSpace(r) || r != '*' && r != '_' && r != '\\' && r < utf8.RuneSelf && unicode.IsPunct(r)
}

// mono sets text as code. Inside code nothing can be escaped, so that text with
// a backtick stays plain.
func mono(text string) string {
	if strings.Trim(text, " ") == "" || strings.Contains(text, "`") {
		return escape(text)
	}
	return "`" + text + "`"
}

// link writes a link that shows no preview. Text that looks like an address would
// not become one, so the address stands behind it.
func link(text, address string) string {
	to := destination(address)
	switch {
	case to == "":
		return escape(text)
	case strings.Trim(text, " ") == "" || text == address:
		return "<" + to + ">"
	}
	return "[" + escape(text) + "](<" + to + ">)"
}

// destination gives the address of a web page as it can stand in a link, or
// nothing if it is none.
func destination(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	return strings.NewReplacer("<", "%3C", ">", "%3E", "(", "%28", ")", "%29", "\\", "%5C", " ", "%20").Replace(card.Printable(u.String()))
}

// code sets lines as a block of code, or as plain lines where they hold what
// would end the block.
func code(lang, text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(unprinted(line), " ")
	}
	whole := strings.Join(lines, "\n")
	if strings.Trim(whole, " \n") == "" {
		return ""
	}
	if strings.Contains(whole, "```") || strings.HasSuffix(whole, "`") {
		for i, line := range lines {
			lines[i] = inline([]card.Span{card.Text(line)})
		}
		return strings.Join(lines, "\n")
	}
	return "```" + language(lang) + "\n" + whole + "\n```"
}

// language keeps of a language what can stand behind a fence.
func language(lang string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '+' {
			return r
		}
		return -1
	}, lang)
}

// unprinted keeps tabs, which matter in code.
func unprinted(line string) string {
	parts := strings.Split(line, "\t")
	for i := range parts {
		parts[i] = card.Printable(parts[i])
	}
	return strings.Join(parts, "\t")
}

// length is how Discord counts a text: in UTF-16 units at the most.
func length(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// shortened cuts plain text to a length.
func shortened(s string, most int) string {
	s = strings.TrimSpace(card.Printable(s))
	for limit := most; length(s) > most; limit-- {
		s = card.Shorten(s, limit)
	}
	return s
}
