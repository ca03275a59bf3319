package playbooks

import "strings"

// Nearest gives the word of a list that somebody who wrote word most likely
// meant, in any case, or the empty string if none is close.
func Nearest(word string, list []string) string {
	word = strings.ToLower(word)
	if len(word) > 64 {
		return "" // no word of a list is nearly that long
	}
	best, least := "", max(1, len(word)/3)+1
	for _, w := range list {
		d := distance(word, strings.ToLower(w))
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(w), word) {
			d = min(d, 1) // somebody typed only the beginning
		}
		if d < least {
			best, least = w, d
		}
	}
	return best
}

// oneOf says what may stand in place of a word.
func oneOf(word string, list []string) string {
	if near := Nearest(word, list); near != "" {
		return "did you mean " + near + "?"
	}
	return "use one of " + strings.Join(list, ", ")
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
			change := 1
			if x[i-1] == y[j-1] {
				change = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}
