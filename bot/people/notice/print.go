package notice

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Print stands for what a message would say, as far as it is worth a change of the
// message: it changes with states and check marks, and not with how many days are
// left. The last sign-in counts by the week: a device signs in every day.
func Print(v View) string {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%s %s %s %s %s %s\n", v.Language.Code, v.Zone, v.User, v.Contact, v.Check, day(v.Remind))
	shown := v.Shown()
	for i := range v.Clients {
		c := &v.Clients[i]
		_, _ = fmt.Fprintf(h, "%s %d %s %t %s %s %s %s %s %t %t\n", c.Key, c.Generation, v.state(c), c.Handed, c.Verdict, v.Device(c), c.Playbook.ID,
			c.Ends.ID, week(c.Last), c == shown, c.Gap)
		if c == shown {
			_, _ = fmt.Fprintf(h, "%s %v\n", day(c.Wait), slices.Sorted(maps.Keys(c.Checked)))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// week gives the week of a time.
func week(t time.Time) string {
	year, n := t.UTC().ISOWeek()
	return fmt.Sprint(year, "-", n)
}
