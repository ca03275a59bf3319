package news

import (
	"fmt"
	"strings"

	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
)

// mistaken says that a word is not one of a list, and which of them was most
// likely meant.
func mistaken(word, what string, list []string) error {
	word = card.Clean(word)
	best := playbooks.Nearest(word, list)
	switch {
	case best != "":
		return fmt.Errorf("%q is no %s; did you mean %s?", word, what, best)
	case len(list) == 0:
		return fmt.Errorf("%q is no %s", word, what)
	}
	return fmt.Errorf("%q is no %s; use one of %s", word, what, strings.Join(list, ", "))
}
