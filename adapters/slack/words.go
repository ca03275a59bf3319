package slack

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// closing gives the quotation mark that ends what one begins. Phones and word
// processors turn straight marks into these.
var closing = map[rune]string{
	'"': `"”“`, '\'': `'’‘`, '“': `”"“`, '”': `”"`, '„': `“”"`, '‘': `’'‘`, '’': `’'`, '‚': `‘’'`, '«': `»`, '»': `«`,
}

// entities are what Slack writes for the three characters that mean something to
// it (https://docs.slack.dev/messaging/formatting-message-text, read 2026-11-23).
var entities = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")

// marked is what Slack makes of a person, a channel, an address or a call to
// everybody in a command whose app has them escaped; what somebody types as < and >
// are entities there
// (https://docs.slack.dev/interactivity/implementing-slash-commands, read 2026-11-29).
var marked = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`<(?:(@[A-Z0-9]+)|#[A-Z0-9]+|!(here|channel|everyone)|(?:mailto:|tel:)?([^<>|@#!\s][^<>|\s]*))(?:\|([^<>]*))?>`)
})

// unmarked gives what was typed again, but people by their ids: only an id says who
// is meant.
func unmarked(text string) string {
	return marked().ReplaceAllStringFunc(text, func(whole string) string {
		m := marked().FindStringSubmatch(whole)
		switch person, all, address, label := m[1], m[2], m[3], m[4]; {
		case person != "":
			return person
		case all != "":
			return "@" + all
		case address == "" && label != "":
			return "#" + label
		case address == "":
			return strings.Trim(whole, "<>|")
		case label != "":
			return label
		default:
			return address
		}
	})
}

// split gives the words of what was typed after a command, as a shell does:
// quotation marks hold words together, a backslash takes the meaning off a
// quotation mark, a space or a backslash. Unlike in a shell a mark inside a word
// is part of it (O'Brien), and so is one that nothing ends. A dash that a phone
// made of two hyphens is two hyphens again.
func split(text string) []string {
	rest := []rune(entities.Replace(unmarked(text)))
	var words []string
	for {
		for len(rest) > 0 && unicode.IsSpace(rest[0]) {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			return words
		}
		word, n := quoted(rest)
		if n == 0 {
			word, n = unquoted(rest)
		}
		words = append(words, word)
		rest = rest[n:]
	}
}

// quoted reads a word in quotation marks; 0: there is none here.
func quoted(rest []rune) (string, int) {
	ends, ok := closing[rest[0]]
	if !ok {
		return "", 0
	}
	var b strings.Builder
	for i := 1; i < len(rest); i++ {
		switch r := rest[i]; {
		case r == '\\' && i+1 < len(rest) && (rest[i+1] == '\\' || strings.ContainsRune(ends, rest[i+1])):
			i++
			b.WriteRune(rest[i])
		case strings.ContainsRune(ends, r) && (i+1 == len(rest) || unicode.IsSpace(rest[i+1])):
			return b.String(), i + 1
		default:
			b.WriteRune(r)
		}
	}
	return "", 0
}

func unquoted(rest []rune) (string, int) {
	var b strings.Builder
	i := 0
	if len(rest) > 1 && !unicode.IsSpace(rest[1]) && (rest[0] == '—' || rest[0] == '–') {
		b.WriteString("--")
		i = 1
	}
	for ; i < len(rest) && !unicode.IsSpace(rest[i]); i++ {
		if rest[i] == '\\' && i+1 < len(rest) && escapable(rest[i+1]) {
			i++
		}
		b.WriteRune(rest[i])
	}
	return b.String(), i
}

// escapable says whether a backslash before r is no part of the word. Before
// anything else it is: people type CONTOSO\anna.
func escapable(r rune) bool {
	_, mark := closing[r]
	return mark || r == '\\' || unicode.IsSpace(r)
}

// escapes is the reverse of entities.
var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
