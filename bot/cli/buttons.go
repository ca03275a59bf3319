package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/playbooks/card"
)

// buttons gives the buttons of an answer with their labels, those of its entries
// behind its own.
func buttons(c card.Card) (all []card.Action, labels []string) {
	all = slices.Clone(c.Actions)
	for _, a := range c.Actions {
		labels = append(labels, a.Label)
	}
	for _, b := range c.Blocks {
		if e, ok := b.(card.Entry); ok && len(e.Menu) > 0 {
			all = append(all, e.Menu[0]) // the first is enough here: it leads to the others
			labels = append(labels, e.Menu[0].Label+": "+card.Plainly(e.Text))
		}
	}
	return all, labels
}

// offer names the commands behind the buttons of an answer, which nobody can press
// once the program has ended: of its entries those of the first, and none that the
// answer names itself.
func offer(w io.Writer, c card.Card, typed func(words string) string) error {
	all, labels := buttons(c)
	said := chat.Plain(chat.Named(c, typed))
	apart := "\n"
	for i, a := range all[:min(len(all), len(c.Actions)+1)] {
		press, err := chat.ParsePress(a.ID)
		if err != nil {
			return err
		}
		line := typed(command.Join(press.Words()...))
		if strings.Contains(said, line) {
			continue
		}
		label := labels[i]
		if i == len(c.Actions) {
			label = a.Label + " of the first"
		}
		if _, err := fmt.Fprintf(w, "%s%s: %s\n", apart, label, line); err != nil {
			return err
		}
		apart = ""
	}
	return nil
}
