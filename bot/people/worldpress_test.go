package people_test

import (
	"slices"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/bot/people"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
)

// notify tells one account.
func (w *world) notify(name string) people.Notified {
	w.t.Helper()
	n, err := w.people.Notify(w.t.Context(), w.tenant, name+"@contoso.com", migration.Who{Kind: "admin", ID: "slack:T1:@UADMIN"})
	if err != nil {
		w.t.Fatal(err)
	}
	w.turn()
	return n
}

// inbox is what stands in a person's direct message.
func (w *world) inbox(p chat.Person) []chattest.Received { return w.channel.In(p.Direct().String()) }

// press presses a button.
func (w *world) press(p chat.Person, id string) chat.Answer {
	w.t.Helper()
	pressed, err := chat.ParsePress(id)
	if err != nil {
		w.t.Fatal(err)
	}
	answer, err := w.people.Handle(w.t.Context(), chat.Request{From: p, In: p.Direct(), At: w.Now(), Words: pressed.Words(), Pressed: pressed})
	if err != nil {
		w.t.Fatal(err)
	}
	return answer
}

// button gives the id of the button of a verb in the person's newest message.
func (w *world) button(p chat.Person, verb string) string {
	w.t.Helper()
	all := w.inbox(p)
	for _, m := range slices.Backward(all) {
		for _, id := range m.Actions {
			if strings.HasPrefix(id, verb+":") {
				return id
			}
		}
	}
	w.t.Fatalf("no button %s in %d messages", verb, len(all))
	return ""
}

func title(a chat.Answer) string { return card.Plainly(a.Card.Title) }
