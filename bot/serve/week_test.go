package serve_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/chat/chattest"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/bot/news/story"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A week of a tenant, as it reached the people who watch it. The program is
// whole: what is moved is its clock, and what is made up is the tenant.
func TestWeek(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newStage(t, dsn, on(10, 9, 30))
		s.play()
		var got bytes.Buffer
		s.must(story.Write(&got, s.events, berlin))
		s.golden(got.String())
		s.checkNobodyIsNamed()
		s.checkAllArrived()
	})
}

// play is the script; weekcast_test.go says who signs in when.
func (s *stage) play() {
	s.subscribed()
	s.up()

	// Thursday and Friday: the platform has too much to do for half an hour.
	s.until(on(11, 10, 0))
	s.channel.Next(chattest.TooMany(30 * time.Minute))
	s.until(on(11, 10, 50))
	s.except("hugo.weiss", on(15, 12, 0))

	// Saturday: somebody takes a permission away, and gives it back.
	s.until(on(12, 12, 0))
	s.tenant.Misbehave(entratest.Rule{Path: "/auditLogs", Mishap: entratest.NoPermission("AuditLog.Read.All")})
	s.until(on(12, 18, 0))
	s.tenant.Misbehave()

	// Sunday is still. On Monday evening the machine stops, until Tuesday morning.
	s.until(on(14, 20, 0))
	s.down()
	s.set(on(15, 6, 40))
	s.up()

	// Tuesday: a storm of 429.
	s.until(on(15, 15, 0))
	s.tenant.Misbehave(entratest.Rule{Path: "/auditLogs", Mishap: entratest.Throttled(0)})
	s.until(on(15, 17, 0))
	s.tenant.Misbehave()

	s.until(on(19, 12, 0))
	s.down()
}

// subscribed has two channels listen: one to everything but by day, one to SMTP.
func (s *stage) subscribed() {
	db := storagetest.Open(s.T, s.dsn, storage.Options{Now: s.Now})
	s.must(db.Write(s.Context(), func(tx *storage.Tx) error {
		err := tx.Subscribe(&storage.Subscription{
			Place: mailTeam, Mode: "both", By: "cli", Zone: "Europe/Berlin", Quiet: storage.Quiet{From: 22 * 60, To: 7 * 60},
			Digest: storage.DigestTurn{Day: time.Monday, Minute: 8 * 60},
		})
		if err != nil {
			return err
		}
		return tx.Subscribe(&storage.Subscription{
			Place: smtpOnly, Mode: "alert", By: "cli", Zone: "Europe/Berlin",
			Filter: storage.Filter{Protocols: []detect.Protocol{detect.SMTP}},
		})
	}))
}

// except leaves the phone of a person alone until a time, as an admin does.
func (s *stage) except(who string, until time.Time) {
	s.Helper()
	s.write(func(tx *storage.Tx) error {
		list, _, err := tx.Clients(0, storage.ClientFilter{})
		if err != nil {
			return err
		}
		for _, c := range list {
			if !strings.HasPrefix(c.User.Name, who) {
				continue
			}
			admin := migration.Who{Kind: "admin", ID: "channel:contoso:U1"}
			change, err := migration.Except(c.State, s.Now(), until, admin, "A new phone is ordered.")
			if err != nil {
				return err
			}
			if err := tx.Move(&c, change); err != nil {
				return err
			}
			return tx.SaveException(&storage.Exception{Client: c.ID, Until: until, Reason: change.Why, Owner: "IT", By: admin.String()})
		}
		return fmt.Errorf("%s has no client", who)
	})
}

func (s *stage) golden(got string) {
	s.Helper()
	const file = "testdata/week.golden"
	if *update {
		s.must(os.MkdirAll(filepath.Dir(file), 0o755))
		s.must(os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	s.must(err)
	if diff := cmp.Diff(string(want), got); diff != "" {
		s.Errorf("-want +got\n%s", diff)
	}
}

// checkNobodyIsNamed looks for people in what reached channels.
func (s *stage) checkNobodyIsNamed() {
	s.Helper()
	var all strings.Builder
	for _, m := range s.channel.Messages() {
		all.WriteString(m.Title + m.Text)
	}
	for _, l := range s.logged() {
		all.WriteString(l.Title + l.Text)
	}
	for _, r := range everybody() {
		for _, personal := range []string{r.User, strings.TrimSuffix(r.User, "@contoso.com"), r.UserID, r.IP} {
			if strings.Contains(all.String(), personal) {
				s.Errorf("a message holds %s", personal)
				return
			}
		}
	}
}

// checkAllArrived looks for messages that wait or were given up, for any that
// came twice, and for a gap in the audit trail.
func (s *stage) checkAllArrived() {
	s.Helper()
	s.read(func(tx *storage.Tx) error {
		if m, waiting, err := tx.OldestWaiting(); err != nil || waiting {
			return errors.Join(err, fmt.Errorf("message %s waits", m.Key))
		}
		buried, err := tx.Buried(time.Time{})
		if len(buried) > 0 {
			s.Errorf("%d messages were given up", len(buried))
		}
		return err
	})
	if n := s.channel.Repeats(); n > 0 {
		s.Errorf("%d messages stand twice in a channel", n)
	}
	lines := map[string]bool{}
	for _, l := range s.logged() {
		if lines[l.Key] {
			s.Errorf("message %s stands twice in the log file", l.Key)
		}
		lines[l.Key] = true
	}
	if _, err := s.db.AuditVerify(s.Context()); err != nil {
		s.Error(err)
	}
}
