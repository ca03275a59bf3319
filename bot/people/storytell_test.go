package people_test

import (
	"fmt"
	"strings"
	"time"

	"legacyauth/bot/people/campaign"
	"legacyauth/storage"
)

// tell writes what each kind of person got, and the whole of the first of each.
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
	reports, err := s.people.CampaignReports(s.t.Context(), s.tenant)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range reports {
		fmt.Fprintf(&b, "\ncampaign %s, %s\n", r.Name, r.State)
		for _, p := range r.Pairs() {
			fmt.Fprintf(&b, "  %-22s %3d\n", p.Name, p.Count)
		}
		for i, p := range r.Points {
			if i%7 == 0 || i == len(r.Points)-1 {
				fmt.Fprintf(&b, "  %s  left %3d, done %3d, claimed %2d, relapsed %2d\n", p.Day.Format(time.DateOnly), p.Left, p.Done, p.Claimed, p.Relapsed)
			}
		}
		fmt.Fprintf(&b, "  %s\n", campaign.Foresee(r.Points, time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)).Words())
	}
	seen := map[habit]bool{}
	for _, a := range s.actors {
		if seen[a.habit] {
			continue
		}
		seen[a.habit] = true
		fmt.Fprintf(&b, "\n%s, who %s (%s)\n", a.name, a.habit, a.person.Locale)
		for _, line := range s.got(a) {
			b.WriteString("  " + line + "\n")
		}
	}
	return b.String()
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

// got is what one person got, by the database.
func (s *story) got(a *actor) []string {
	var lines []string
	s.read(func(tx *storage.Tx) error {
		n, ok, err := tx.NoticeOf(s.tenant, a.name+"@contoso.com", "")
		if err != nil || !ok {
			lines = append(lines, "nothing: it was never their turn, or nothing was theirs to do")
			return err
		}
		if n.Unreachable != "" {
			lines = append(lines, "cannot be told: "+n.Unreachable)
		}
		for id := int64(1); id < 20000; id++ {
			m, ok, err := tx.Message(id)
			if err != nil || !ok {
				return err
			}
			if m.Place != n.Place || m.State != storage.MessageSent {
				continue
			}
			zone, _ := time.LoadLocation(n.Zone)
			how := "message"
			switch {
			case m.Under != "":
				how = m.Kind
			case m.Replaces != "":
				how = "change"
			}
			title := ""
			for _, span := range m.Card.Title {
				title += span.Text
			}
			lines = append(lines, fmt.Sprintf("%s  %-8s  %s", m.Ended.In(zone).Format("Mon 2006-01-02 15:04 MST"), how, title))
		}
		return nil
	})
	return lines
}
