package markdown

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"legacyauth/playbooks/card"
)

// escape makes text read back as itself wherever it stands in a line. It
// escapes no more than that, since people read the source too.
func escape(text string) string {
	var b strings.Builder
	for i, r := range text {
		if special(r, text[i+utf8.RuneLen(r):], text[:i]) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// opening is a mark that opens a list, a quotation or an underline where a block
// begins.
var opening = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[-+=>]|^[0-9]+[.)]( |$)`) })

// guarded keeps the beginning of a block's text from being read as a mark. Of a
// number it escapes what follows, for digits cannot be.
func guarded(text string) string {
	return opening().ReplaceAllStringFunc(text, func(mark string) string {
		i := strings.IndexAny(mark, "-+=>.)")
		return mark[:i] + `\` + mark[i:]
	})
}

// special says whether a mark means something wherever it stands.
func special(r rune, rest, before string) bool {
	switch r {
	case '\\', '`', '*', '_', '[', ']', '<', '&', '~', '|', '$', '@', '#':
		return true
	case '!':
		return rest == "" // a link may follow
	case ':':
		return strings.HasPrefix(rest, "//")
	case '.':
		return len(before) >= 3 && strings.EqualFold(before[len(before)-3:], "www")
	}
	return false
}

// codeSpan sets text as code with as many backticks as it takes.
func codeSpan(text string, inTable bool) string {
	if strings.Trim(text, " ") == "" {
		return text
	}
	if inTable {
		text = strings.ReplaceAll(text, "|", `\|`)
	}
	fence := strings.Repeat("`", longestRun(text, '`')+1)
	// One space inside each end is taken off again when the code is read.
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") || text[0] == ' ' && text[len(text)-1] == ' ' {
		text = " " + text + " "
	}
	return fence + text + fence
}

// longestRun gives the length of the longest run of a byte.
func longestRun(text string, mark byte) int {
	longest, now := 0, 0
	for i := range len(text) {
		now++
		if text[i] != mark {
			now = 0
		}
		longest = max(longest, now)
	}
	return longest
}

// destination writes an address so that it stays one, or gives nothing if it is
// not the address of a web page.
func destination(address string) string {
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
		return ""
	}
	return "<" + strings.NewReplacer(
		" ", "%20", "<", "%3C", ">", "%3E", `\`, "%5C", "|", "%7C", "`", "%60", "&", "&amp;",
	).Replace(card.Printable(address)) + ">"
}
