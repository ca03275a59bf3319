package notice

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"time"

	"legacyauth/detect/migration"
)

// Print stands for what a message would say, as far as it is worth a change of the
// message: it changes with states and check marks, and not with how many days are
// left. The last sign-in counts by the week: a device signs in every day.
func Print(v View) string {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%s %s %s %s %s\n", v.Language.Code, v.Zone, v.User, v.Contact, v.Check)
	if v.Halted {
		_, _ = fmt.Fprintln(h, "halted")
	}
	shown := v.Shown()
	for i := range v.Clients {
		c := &v.Clients[i]
		_, _ = fmt.Fprintf(h, "%s %d %s %t %t %s %s %s %t\n", c.Key, c.Generation, v.state(c), c.Handed, c.Owned, v.Name(c), c.Playbook.ID,
			c.Ends.ID, c == shown)
		switch {
		case c != shown:
		case c.State == migration.ClaimedDone:
			_, _ = fmt.Fprintf(h, "%s %t %t %t\n", day(c.Wait.In(v.Zone)), c.quiet(v.Now), c.Gap, c.LastRight.After(c.Since))
		default:
			_, _ = fmt.Fprintf(h, "%s %s %s %v\n", c.Verdict, week(c.LastOld()), day(v.Remind.In(v.Zone)), slices.Sorted(maps.Keys(c.Checked)))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

func day(t time.Time) string { return t.Format(time.DateOnly) }

// week gives the week of a time.
func week(t time.Time) string {
	year, n := t.UTC().ISOWeek()
	return fmt.Sprint(year, "-", n)
}
