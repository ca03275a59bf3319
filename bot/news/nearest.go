package news

import (
	"fmt"
	"strings"

	"legacyauth/playbooks/card"
)

// mistaken says that a word is not one of a list, and which of them was most
// likely meant.
func mistaken(word, what string, list []string) error {
	word = card.Clean(word)
	best := Nearest(word, list)
	switch {
	case best != "":
		return fmt.Errorf("%q is no %s; did you mean %s?", word, what, best)
	case len(list) == 0:
		return fmt.Errorf("%q is no %s", word, what)
	}
	return fmt.Errorf("%q is no %s; use one of %s", word, what, strings.Join(list, ", "))
}

// Nearest gives the word of a list that somebody who typed word most likely
// meant; empty: none is close.
func Nearest(word string, list []string) string {
	if len(word) > 64 {
		return "" // no word of a list is nearly that long
	}
	best, least := "", max(1, len(word)/3)+1
	for _, w := range list {
		d := distance(strings.ToLower(word), strings.ToLower(w))
		if len(word) > 2 && strings.HasPrefix(strings.ToLower(w), strings.ToLower(word)) {
			d = min(d, 1) // only the beginning was typed
		}
		if d < least {
			best, least = w, d
		}
	}
	return best
}

// distance counts the single-character changes between two words, a swap of
// neighbors counting as one.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			change := rows[i-1][j-1]
			if x[i-1] != y[j-1] {
				change++
			}
			rows[i][j] = min(change, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}
