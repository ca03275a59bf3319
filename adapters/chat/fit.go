package chat

import (
	"fmt"

	"legacyauth/playbooks/card"
)

// CutNotice is the sentence under a card of which n things were cut. The suite
// looks for it.
func CutNotice(n int) string {
	if n == 1 {
		return "One part did not fit here and is shortened or left out."
	}
	return fmt.Sprintf("%d parts did not fit here and are shortened or left out.", n)
}

// noticeRoom is more than CutNotice ever takes, in runes.
const noticeRoom = 80

// Fit cuts a card to a platform's limits and, where anything was cut, says so
// in a last paragraph that is within the limits too. It gives the number of
// things cut; 0: the card is as it was.
func Fit(c card.Card, l card.Limits) (card.Card, int) {
	whole, cuts := card.Fit(c, l)
	if cuts == 0 {
		return whole, 0
	}
	if l.Total > 0 {
		l.Total = max(l.Total-noticeRoom, 1)
	}
	if l.Blocks > 0 {
		l.Blocks = max(l.Blocks-1, 1)
	}
	fitted, cuts := card.Fit(c, l)
	fitted.Blocks = append(fitted.Blocks[:len(fitted.Blocks):len(fitted.Blocks)], card.Para{Spans: []card.Span{card.Text(CutNotice(cuts))}})
	return fitted, cuts
}
