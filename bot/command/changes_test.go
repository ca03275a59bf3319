package command_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/detect/migration"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// facts are what stands in the database of a client.
type facts struct {
	state      migration.State
	exceptions int
	changes    int
	messages   int
}

func (h *hall) facts(key string) (f facts) {
	h.Helper()
	h.read(func(tx *storage.Tx) error {
		k, _, err := tx.ClientByKey(0, key)
		if err != nil {
			return err
		}
		f.state = k.State
		all, err := tx.Exceptions(0, time.Time{})
		if err != nil {
			return err
		}
		for _, e := range all {
			if e.Client == k.ID {
				f.exceptions++
			}
		}
		history, err := tx.History(k.ID)
		f.changes = len(history)
		if err != nil {
			return err
		}
		return tx.SQL().QueryRowContext(h.Context(), "SELECT count(*) FROM messages").Scan(&f.messages)
	})
	return f
}

// A form is answered beside its fields until it is right, and then does one
// thing, however often it is sent and whoever else was at it.
func TestExceptionByForm(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		h := newHall(t, dsn)
		h.fill()
		const key = "k00000000003"
		form := h.press(admin, "except:"+key+":1").Form
		for name, fields := range map[string]map[string]string{
			"days":   {"days": "91", "reason": "a scanner"},
			"reason": {"days": "30", "reason": "  "},
		} {
			if a := h.submit(admin, form, fields); a.Wrong[name] == "" || len(a.Wrong) != 1 {
				t.Errorf("a wrong %s is answered with %v", name, a.Wrong)
			}
		}
		if f := h.facts(key); f.exceptions != 0 || f.changes != 0 {
			t.Fatalf("a wrong form changed something: %+v", f)
		}
		right := map[string]string{"days": "45", "reason": "the new scanner comes"}
		a := h.submit(admin, form, right)
		if text := shownText(a); !strings.Contains(text, "It is left alone until 2027-01-07.") || !strings.Contains(text, "the new scanner comes") {
			t.Errorf("the form is answered with\n%s", text)
		}
		// The same form again, and another admin's button of the same moment.
		again, other := h.submit(admin, form, right), h.press(second, "except:"+key+":1")
		for name, a := range map[string]chat.Answer{"a form sent twice": again, "a stale button": other} {
			if text := shownText(a); a.Form != nil || !strings.Contains(text, "It has changed since the button was shown") || !strings.Contains(text, "excepted") {
				t.Errorf("%s is answered with\n%s", name, text)
			}
		}
		if f := h.facts(key); f.state != migration.Excepted || f.exceptions != 1 || f.changes != 1 {
			t.Errorf("the client stands as %+v", f)
		}
	})
}

// Several admins at once: one of them does it, and all see how it stands then.
func TestManyAdminsAtOnce(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		h := newHall(t, dsn)
		h.fill()
		const key = "k00000000002"
		requests := make([]chat.Request, 6)
		for i := range requests {
			requests[i] = h.request([]chat.Person{admin, second}[i%2])
			requests[i].Pressed = chat.Press{Verb: "except", Subject: key, Revision: 1}
			requests[i].Fields = map[string]string{"days": "10", "reason": fmt.Sprint("reason ", i)}
		}
		texts := make([]string, len(requests))
		var all sync.WaitGroup
		for i, r := range requests {
			all.Go(func() { texts[i] = shownText(h.handle(r)) })
		}
		all.Wait()
		did := 0
		for _, text := range texts {
			if strings.Contains(text, "It is left alone until") {
				did++
			} else if !strings.Contains(text, "It has changed since") {
				t.Errorf("an admin who was slower reads\n%s", text)
			}
		}
		if f := h.facts(key); did != 1 || f.exceptions != 1 || f.changes != 1 {
			t.Errorf("%d admins did it, and the client stands as %+v", did, f)
		}
	})
}

// What is changed in chat edits the messages that stand about the client.
func TestChangesAreTold(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		h := newHall(t, dsn)
		h.fill()
		h.ask(admin, "alerts", "here")
		h.write(func(tx *storage.Tx) error {
			place, err := tx.Place(channel)
			if err != nil {
				return err
			}
			_, err = tx.Enqueue(&storage.Outgoing{Key: "m1", Place: channel, Subject: "client/contoso/k00000000003", Kind: "first"})
			_ = place
			return err
		})
		before := h.facts("k00000000003").messages
		h.ask(admin, "except", "k00000000003", "--reason", "canary reason of somebody")
		h.read(func(tx *storage.Tx) error {
			spot, err := tx.Place(channel)
			if err != nil {
				return err
			}
			m, ok, err := tx.BySubject(spot, "client/contoso/k00000000003")
			if err != nil || !ok {
				return fmt.Errorf("no message stands: %w", err)
			}
			text := chat.Plain(m.Card)
			if m.Replaces != "m1" || !strings.Contains(text, "excepted until 2026-12-23") || strings.Contains(text, "canary") {
				t.Errorf("the message is edited to (replaces %q)\n%s", m.Replaces, text)
			}
			return nil
		})
		if after := h.facts("k00000000003").messages; after != before+1 {
			t.Errorf("%d messages after the change, %d before", after, before)
		}
	})
}

// TestPublicAnswersNameNobody looks into every answer that everybody sees, and
// every message that follows, for whoever and whatever is in the database.
func TestPublicAnswersNameNobody(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	canaries := []string{"@contoso.com", "@fabrikam", "anna", "berg", "carl", "weber", "dora", "scanner.3f", "203.0.113", "canaryagent", "id-of-", "user0", "ada admin", "uadmin"}
	public := 0
	for _, words := range []string{"share contoso", "share fabrikam", "status", "scan contoso", "clients", "client k00000000001", "me", "home", "export csv contoso", "alerts list", "link list"} {
		a := h.ask(admin, strings.Fields(words)...)
		if !a.Public {
			continue
		}
		public++
		all, err := json.Marshal(a.Card)
		if err != nil {
			t.Fatal(err)
		}
		for _, canary := range canaries {
			if strings.Contains(strings.ToLower(string(all)), canary) {
				t.Errorf("%s tells everybody %q:\n%s", words, canary, shownText(a))
			}
		}
	}
	if public != 2 {
		t.Errorf("%d answers are public, want those of share alone", public)
	}
	// A notification shows the fallback alone, to whoever passes by.
	for _, words := range []string{"client k00000000001", "user anna.berg@contoso.com", "me", "clients", "steps k00000000001", "home", "scan contoso"} {
		line := strings.ToLower(chat.Line(h.ask(anna, strings.Fields(words)...).Card))
		for _, canary := range canaries {
			if strings.Contains(line, canary) {
				t.Errorf("the notification of %s reads %q", words, line)
			}
		}
	}
}

// TestHostileLog has everything in a log that anybody could write there.
func TestHostileLog(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	const evil = "@everyone <!channel> <https://evil.example|click> *bold* `code` \u202eevil\u0007\n# head"
	h.write(func(tx *storage.Tx) error {
		id, err := tx.Tenant("contoso", "")
		if err != nil {
			return err
		}
		k := clients("contoso")[0]
		k.Key, k.Tenant = "e00000000001", id
		k.User.Name, k.User.Display, k.Agents, k.Apps, k.ReportOnly = "evil"+evil+"@contoso.com", evil, []string{evil}, []string{evil}, []string{evil}
		k.Device.Model, k.Why = evil, evil
		k.Last = monday
		return tx.SaveClient(&k)
	})
	for _, words := range [][]string{{"clients"}, {"client", "e00000000001"}, {"user", "evil"}, {"steps", "e00000000001"}, {"commands", "e00000000001"}, {"share", "contoso"}, {"home"}, {"explain", evil}, {"except", "e00000000001", "--reason", evil}, {evil}, {"help", evil}, {"user", evil}, {"link", "add", evil, evil}, {"alerts", "here", "--only", evil}} {
		a := h.ask(admin, words...)
		text := chat.Plain(a.Card)
		if strings.ContainsAny(text, "\u202e\u0007") || strings.Contains(text, "\n# head") {
			t.Errorf("%q shows control or direction characters:\n%q", words, text)
		}
		for _, block := range a.Card.Blocks {
			raw, err := json.Marshal(block)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(raw), `"URL":"https://evil`) {
				t.Errorf("%q makes a link of a log's words", words)
			}
		}
		for _, action := range a.Card.Actions {
			if _, err := chat.ParsePress(action.ID); err != nil {
				t.Errorf("%q: %v", words, err)
			}
		}
	}
}

// Every button of every answer is one that can be pressed, and leads somewhere.
func TestButtonsLeadSomewhere(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	seen := map[string]bool{}
	queue := []string{"home::0", "clients::0", "status::0", "alerts::0", "link::0", "client:k00000000001:1", "scan:contoso:0"}
	for len(queue) > 0 && len(seen) < 400 {
		id := queue[0]
		queue = queue[1:]
		if seen[id] {
			continue
		}
		seen[id] = true
		a := h.press(second, id)
		if text := shownText(a); strings.Contains(text, "is no command") || strings.Contains(text, "How to type") && a.Form == nil {
			t.Errorf("%s leads to\n%s", id, text)
		}
		for _, action := range buttonsOf(a) {
			queue = append(queue, action.ID)
		}
	}
	if len(seen) < 30 {
		t.Errorf("only %d buttons were found", len(seen))
	}
}
