package people_test

import (
	"fmt"
	"time"

	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// check holds the story to what must always be so.
func (s *story) check() {
	s.t.Helper()
	if n := s.channel.Repeats(); n != 0 {
		s.t.Errorf("%d messages were told twice", n)
	}
	for _, a := range s.actors {
		roots := 0
		for _, m := range s.inbox(a.person) {
			if m.Under == "" {
				roots++
			}
		}
		want := 1
		if a.habit == nobody || a.habit == unreachable {
			want = 0
		}
		if roots != want {
			s.t.Errorf("%s, who %s, has %d messages, want %d", a.name, a.habit, roots, want)
		}
	}
	s.read(func(tx *storage.Tx) error {
		notices, err := tx.Notices(s.tenant)
		if err != nil {
			return err
		}
		sent := 0
		for i := range notices {
			n := &notices[i]
			zone, err := time.LoadLocation(n.Zone)
			if err != nil {
				return err
			}
			for v := int64(1); v <= n.Version; v++ {
				m, ok, err := tx.MessageByKey(n.Key(v))
				if err != nil {
					return err
				}
				if !ok || m.State != storage.MessageSent {
					continue
				}
				sent++
				if at := m.Ended.In(zone); v == 1 && !s.people.Settings.Hours.Open(m.Ended, zone) {
					s.t.Errorf("notice %d was told at %s", n.ID, at.Format("Monday 15:04 MST"))
				}
			}
			for k := 1; k <= 3; k++ {
				m, ok, err := tx.MessageByKey(fmt.Sprintf("remind:%d:%d:%d", n.ID, n.Told.Unix(), k))
				if err != nil {
					return err
				}
				if ok && m.State == storage.MessageSent && !s.people.Settings.Hours.Open(m.Ended, zone) {
					s.t.Errorf("notice %d was reminded at %s", n.ID, m.Ended.In(zone).Format("Monday 15:04 MST"))
				}
			}
			if n.Reminders > 3 {
				s.t.Errorf("notice %d was reminded %d times", n.ID, n.Reminders)
			}
		}
		if sent < 400 {
			s.t.Errorf("only %d versions were sent", sent)
		}
		return nil
	})
	s.verified()
}

// verified holds that no client counts as moved that still signs in.
func (s *story) verified() {
	s.t.Helper()
	newest := map[string]time.Time{} // by user and protocol and agent
	for _, a := range s.actors {
		for _, g := range a.gear {
			newest[a.name+"@contoso.com "+g.app+" "+g.agent] = g.last
		}
	}
	s.read(func(tx *storage.Tx) error {
		clients, _, err := tx.Clients(s.tenant, storage.ClientFilter{})
		if err != nil {
			return err
		}
		moved := 0
		for i := range clients {
			c := &clients[i]
			if c.State != migration.Verified && c.State != migration.Closed {
				continue
			}
			history, err := tx.History(c.ID)
			if err != nil {
				return err
			}
			if len(history) > 0 && history[len(history)-1].Event == migration.WasReplaced {
				continue
			}
			moved++
			app := map[string]string{"eas": "Exchange ActiveSync", "imap": "IMAP4", "pop": "POP3"}[string(c.Protocol)]
			last, ok := newest[c.User.Name+" "+app+" "+c.Agents[0]]
			if !ok || !last.Before(c.Since) {
				s.t.Errorf("client %s of %s is %s since %v and signed in at %v", c.Key, c.User.Name, c.State, c.Since, last)
			}
		}
		if moved < 100 {
			s.t.Errorf("only %d clients have moved", moved)
		}
		return nil
	})
}
