package notice

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// room is how a message is made to fit the smallest platform, so that it says the
// same on each: of the steps of an admin's playbook the longest are said by their
// first sentences, fewer devices are named, the reason is cut to a sentence, and
// the place is said by its country alone, of what usually explains a sign-in only the first is
// said, and last not what there is to read more of. Guide has the rest of the steps.
type room struct {
	short map[int]bool // by the number of the step
	lines int
	why   bool
	// country leaves the city out.
	country bool
	// cause leaves out all but the first of what usually explains a sign-in.
	cause bool
	// note leaves out what there is to read more of.
	note bool
}

// maxSize is how long a message may be: Discord's 4,000 characters in all texts
// (https://discord.com/developers/docs/components/reference, read 2026-11-29) less
// what its marks and escapes take.
const maxSize = 3650

// fewListed is how many devices are named where there is no room for maxListed.
const fewListed = 3

func size(c card.Card) int { return utf8.RuneCountInString(chat.Plain(c)) }

// tighten says less in one more place; false: there is none.
func (v *View) tighten(r *room, shown *Client) bool {
	if shown != nil && shown.long() && !shown.waits() {
		longest, most := 0, 0
		for i, step := range v.Guide(shown).Steps {
			first, ok := step[0].(card.Para)
			if !ok || r.short[i+1] {
				continue
			}
			all, lead := runes(first.Spans), runes(sentence(first.Spans))
			if lead < all && all-lead > most {
				longest, most = i+1, all-lead
			}
		}
		if longest > 0 {
			r.short[longest] = true
			return true
		}
	}
	switch {
	case r.lines > fewListed:
		r.lines = fewListed
	case !r.why:
		r.why = true
	case shown != nil && !r.country:
		r.country = true
	case shown != nil && shown.Back() && !r.cause:
		r.cause = true
	case shown != nil && !r.note:
		r.note = true
	default:
		return false
	}
	return true
}

func runes(spans []card.Span) int { return utf8.RuneCountInString(card.Plainly(spans)) }

// ends of a sentence: a word of three letters or more, or what closes a name, then a
// mark, and a capital letter after it; "z. B." and "p. ex." end none.
var ends = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:[\pL\pN]{3}|[)\]"”»’])[.!?] (?:[\p{Lu}«„“"¿¡]|\pN)`)
})

// sentence gives the first sentence of a text, with what follows where it asks.
func sentence(spans []card.Span) []card.Span {
	text := card.Plainly(spans)
	end := len(text)
	for _, at := range ends().FindAllStringIndex(text, -1) {
		if mark := at[0] + strings.LastIndexByte(text[at[0]:at[1]], ' '); text[mark-1] != '?' {
			end = mark
			break
		}
	}
	var kept []card.Span
	for _, s := range spans {
		if len(s.Text) >= end {
			s.Text = s.Text[:end]
			return append(kept, s)
		}
		kept = append(kept, s)
		end -= len(s.Text)
	}
	return kept
}
