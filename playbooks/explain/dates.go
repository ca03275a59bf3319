package explain

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"legacyauth/playbooks"
)

var dateForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{\{date:([a-z0-9-]+)\}\}`) })

// dates are the words for each entry of the calendar, by its id.
func dates(l *playbooks.Library) map[string]string {
	words := map[string]string{}
	for _, r := range l.Retirements() {
		words[r.ID] = r.Words
	}
	return words
}

// dated puts the words of the calendar in place of each {{date:ID}} of e.
func (e *entry) dated(words map[string]string) error {
	texts := []*string{&e.Title, &e.Meaning}
	for i := range e.Do {
		texts = append(texts, &e.Do[i])
	}
	for _, text := range texts {
		var missing string
		*text = dateForm().ReplaceAllStringFunc(*text, func(mark string) string {
			id := dateForm().FindStringSubmatch(mark)[1]
			if _, ok := words[id]; !ok {
				missing = id
			}
			return words[id]
		})
		switch {
		case missing != "":
			return fmt.Errorf("%s: date %q is not in the calendar", e.ID, missing)
		case strings.Contains(*text, "{{"):
			return fmt.Errorf("%s: want {{date:ID}} with an id of the calendar in %q", e.ID, *text)
		}
	}
	return nil
}
