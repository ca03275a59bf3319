package slack

import (
	"strings"
	"unicode"

	"legacyauth/playbooks/card"
)

// clean keeps what prints and makes every space one space. The text of a card is
// clean already; this guards against what is not. Text that is empty becomes a
// space where Slack wants at least one character; see rich.
func clean(s string) string { return strings.TrimRight(card.Printable(s), " ") }

// inline is clean for a part of a line, whose spaces at the end count.
func inline(s string) string {
	text := clean(s)
	if trimmed := strings.TrimRightFunc(s, unicode.IsSpace); trimmed != s && (text != "" || trimmed == "") {
		text += " "
	}
	return text
}

// lines is clean for text with lines, such as code.
func lines(s string) string {
	var kept []string
	for line := range strings.SplitSeq(strings.TrimRight(strings.ReplaceAll(s, "\t", "    "), "\n"), "\n") {
		kept = append(kept, clean(line))
	}
	return strings.Join(kept, "\n")
}
