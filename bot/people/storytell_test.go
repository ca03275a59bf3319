package people_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/campaign"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// tell writes what each kind of person did and what came of it, and everything that
// some of each kind and language read, word for word: first a message, then what
// changed in it.
func (s *story) tell() string {
	var b strings.Builder
	b.WriteString("A migration of eight weeks: 200 people, 260 clients.\n\n")
	for _, c := range cast {
		people, roots, edits, replies := 0, 0, 0, 0
		for _, a := range s.actors {
			if a.habit != c.habit {
				continue
			}
			people++
			for _, m := range s.inbox(a.person) {
				if m.Under == "" {
					roots++
				} else {
					replies++
				}
				edits += len(m.Edits)
			}
		}
		fmt.Fprintf(&b, "%-12s %3d people: %3d messages, %4d changes to them, %3d reminders and replies\n", c.habit, people, roots, edits, replies)
	}
	fmt.Fprintf(&b, "\nadmins: %d alerts that a device is not theirs; help desk: %d threads\n", s.kind(admins.String(), "notmine:"), s.kind(desk.String(), "help:")/2)
	s.reports(&b)
	for _, a := range s.followed() {
		fmt.Fprintf(&b, "\n%s\n%s, who %s (%s, %s)\n", strings.Repeat("=", 72), a.name, a.habit, a.person.Locale, a.person.Zone)
		s.follow(&b, a)
	}
	s.mails(&b)
	s.places(&b)
	return b.String()
}

func (s *story) reports(b *strings.Builder) {
	reports, err := s.people.CampaignReports(s.t.Context(), s.tenant)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range reports {
		fmt.Fprintf(b, "\ncampaign %s, %s\n", r.Name, r.State)
		for _, p := range r.Pairs() {
			fmt.Fprintf(b, "  %-22s %3d\n", p.Name, p.Count)
		}
		for i, p := range r.Points {
			if i%7 == 0 || i == len(r.Points)-1 {
				fmt.Fprintf(b, "  %s  left %3d, done %3d, claimed %2d, relapsed %2d\n", p.Day.Format(time.DateOnly), p.Left, p.Done, p.Claimed, p.Relapsed)
			}
		}
		fmt.Fprintf(b, "  %s\n", campaign.Foresee(r.Points, time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)).Words())
	}
}

// followed are those whose messages stand there word for word: the first of each
// habit, of those who do and lie the first of each language, who is excepted and
// whose client goes on under another key.
func (s *story) followed() []*actor {
	var some []*actor
	seen := map[string]bool{}
	for _, a := range s.actors {
		kind := string(a.habit)
		if a.habit == does || a.habit == lies {
			kind += a.person.Locale
		}
		if a.name == excepted || a.name == rekeyed {
			kind = a.name
		}
		if a.habit == nobody || a.habit == unreachable || seen[kind] {
			continue
		}
		seen[kind] = true
		some = append(some, a)
	}
	return some
}

// follow writes everything that one person read and pressed, in order.
func (s *story) follow(b *strings.Builder, a *actor) {
	zone := s.zoneOf(a)
	standing, answers := "", s.answers[a.name]
	until := func(t time.Time) {
		for ; len(answers) > 0 && !answers[0].at.After(t); answers = answers[1:] {
			fmt.Fprintf(b, "\n-- %s  presses %s\n", answers[0].at.In(zone).Format(moment), answers[0].verb)
			if answers[0].text != "" {
				b.WriteString(indented("  > ", answers[0].text))
			}
		}
	}
	for _, m := range s.sent(a) {
		until(m.at.Add(-time.Nanosecond))
		fmt.Fprintf(b, "\n-- %s  %s\n", m.at.In(zone).Format(moment), m.how)
		if m.how == change {
			b.WriteString(changed(standing, m.text))
		} else {
			b.WriteString(indented("  | ", m.text))
		}
		if m.root {
			standing = m.text
		}
	}
	until(s.Now())
}

const (
	moment = "Mon 2006-01-02 15:04 MST"
	change = "change"
)

// digest is a line for every message that anybody got, with a print of its text, so
// that no word of any can change unseen.
func (s *story) digest() string {
	var b strings.Builder
	b.WriteString("Each message of the story: when, how, a print of its text, its title.\n")
	for _, a := range s.actors {
		fmt.Fprintf(&b, "\n%s, who %s (%s)\n", a.name, a.habit, a.person.Locale)
		all := s.sent(a)
		if len(all) == 0 {
			b.WriteString("  nothing\n")
		}
		for _, m := range all {
			sum := sha256.Sum256([]byte(m.text))
			fmt.Fprintf(&b, "  %s  %-8s  %s  %s\n", m.at.In(s.zoneOf(a)).Format(moment), m.how, hex.EncodeToString(sum[:5]), m.title)
		}
	}
	return b.String()
}

// mails are what is sent instead to the first of those who cannot be told.
func (s *story) mails(b *strings.Builder) {
	list, err := s.people.Unreachable(s.t.Context(), s.tenant)
	if err != nil {
		s.t.Fatal(err)
	}
	fmt.Fprintf(b, "\n%s\n%d people cannot be told; a mail for each\n", strings.Repeat("=", 72), len(list))
	seen := map[string]bool{}
	for _, u := range list {
		first, _, _ := strings.Cut(u.Mail, "\n")
		if kind := u.Why + first; !seen[kind] {
			seen[kind] = true
			fmt.Fprintf(b, "\n-- %s: %s\n%s", u.User, u.Why, indented("  | ", u.Subject+"\n\n"+u.Mail))
		}
	}
}

// places are what admins and the help desk read of the first that was disowned and
// the first who needs help.
func (s *story) places(b *strings.Builder) {
	for _, p := range []struct {
		name, prefix string
		place        chat.Place
		most         int
	}{{"the admins", "notmine:", admins, 1}, {"the help desk", "help:", desk, 2}} {
		fmt.Fprintf(b, "\n%s\nwhat %s read first\n", strings.Repeat("=", 72), p.name)
		for _, m := range s.channel.In(p.place.String()) {
			if strings.HasPrefix(m.Key, p.prefix) && p.most > 0 {
				p.most--
				b.WriteString("\n" + indented("  | ", m.Text))
			}
		}
	}
}

// kind counts what was recorded in a place under keys that begin so.
func (s *story) kind(place, prefix string) int {
	n := 0
	for _, m := range s.channel.In(place) {
		if strings.HasPrefix(m.Key, prefix) {
			n++
		}
	}
	return n
}

// posted is one message or change that somebody got.
type posted struct {
	at          time.Time
	how         string // message, change, reminder or relapse
	title, text string
	root        bool // it is the person's one message or a change of it
}

func lastRoot(all []posted) string {
	text := ""
	for _, m := range all {
		if m.root {
			text = m.text
		}
	}
	return text
}

// sent is what one person got, by the database, in order.
func (s *story) sent(a *actor) []posted {
	var all []posted
	if a.habit == nobody {
		return nil
	}
	s.read(func(tx *storage.Tx) (err error) {
		ids, err := tx.SQL().QueryContext(s.t.Context(), `SELECT m.id FROM messages m JOIN places p ON p.id = m.place WHERE p.person = $1 ORDER BY m.ended, m.id`, a.person.ID)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, ids.Close()) }()
		var list []int64
		for ids.Next() {
			var id int64
			if err := ids.Scan(&id); err != nil {
				return err
			}
			list = append(list, id)
		}
		if err := ids.Err(); err != nil {
			return err
		}
		for _, id := range list {
			m, _, err := tx.Message(id)
			if err != nil {
				return err
			}
			if m.State != storage.MessageSent {
				continue
			}
			how := "message"
			switch {
			case m.Under != "":
				how = m.Kind
			case m.Replaces != "":
				how = change
			}
			all = append(all, posted{m.Ended, how, card.Plainly(m.Card.Title), chat.Plain(m.Card), m.Under == ""})
		}
		return nil
	})
	return all
}
