package watch_test

import (
	"testing"
	"time"

	"legacyauth/detect"
	"legacyauth/storage/storagetest"
)

// Who has moved is asked since a client's last use, which may lie further back
// than sign-ins are judged. What the answer tells of that time must not lead a
// later pass to judge by it, or verdicts come and go with a restart.
func TestWhatIsAskedForIsJudgedWithinTheMonth(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.feed.legacyOnly = true
	s.watcher.Tenants[0].Source = &asker{s.feed}
	forgotten := func(at time.Time) detect.SignIn {
		return imap(at, from("192.0.2.9"), code(50126), func(r *detect.SignIn) { r.ClientApp, r.Agent = "IMAP4", "" })
	}
	s.feed.add(
		imap(noon.Add(-29*day)), // used last, now silent
		forgotten(noon.Add(-4*day)),
		forgotten(noon.Add(-3*day)),
		forgotten(noon.Add(-2*day)),
	)
	// Appears in the log when it lies before the days that are judged.
	modern := browser(noon.Add(-29*day + time.Hour))
	modern.IP = "192.0.2.9"
	s.feed.addLate(noon.Add(3*day), modern)

	s.passAt(noon)
	s.passAt(noon.Add(3 * day))
	s.feed.add(forgotten(noon.Add(3*day + 30*time.Minute)))
	s.passAt(noon.Add(3*day + time.Hour)) // judges the one account only

	why := func() string {
		for _, c := range s.clients() {
			if c.Protocol == "imap" {
				return c.Why
			}
		}
		t.Fatal("no client by IMAP")
		return ""
	}
	few := why()
	s.watcher = s.again()
	s.feed.add(forgotten(noon.Add(3*day + 90*time.Minute)))
	s.passAt(noon.Add(3*day + 2*time.Hour)) // has to judge everybody
	if all := why(); few != all {
		t.Errorf("judged alone: %q; with everybody: %q", few, all)
	}
}
