package news

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// thresholds are the days before a deadline at which it is told, from the
// farthest.
var thresholds = [...]int{30, 14, 7, 1}

// ending is a retirement with the clients that run into it.
type ending struct {
	playbooks.Retirement
	days     int // left; 0: today
	clients  int
	excepted int // of these
	in       []detect.Protocol
}

// endOf gives the day that a client counts down to: none where it sends a token,
// which goes on, except that Exchange Web Services itself ends.
func endOf(l *playbooks.Library, c detect.Client, now time.Time) (playbooks.Retirement, bool) {
	if l == nil || tokens(c) {
		return playbooks.Retirement{}, false
	}
	return l.Deadline(c.Protocol, c.Device.Family, now.UTC())
}

// calendar gives the deadlines ahead that clients in use run into, the nearest
// first.
func (t Turn) calendar() []ending { return endings(t.Library, t.found(), works, t.Now) }

// works says whether a client's password does: it is the one that a deadline stops.
func works(c detect.Client) bool { return c.Verdict == detect.InUse || c.Verdict == detect.Leaked }

// endings gives the deadlines ahead that clients of one kind run into, the nearest
// first. Answers that list what has to move count by moves, as a scan does.
func endings(l *playbooks.Library, clients []storage.Client, kind func(detect.Client) bool, now time.Time) []ending {
	today := now.UTC().Truncate(24 * time.Hour)
	byID := map[string]*ending{}
	for _, c := range clients {
		if !kind(c.Client) || settled(c.State) {
			continue
		}
		r, ok := endOf(l, c.Client, now)
		if !ok || r.Date.Before(today) {
			continue
		}
		e := byID[r.ID]
		if e == nil {
			e = &ending{Retirement: r, days: daysLeft(r, now)}
			byID[r.ID] = e
		}
		e.clients++
		if c.State == migration.Excepted {
			e.excepted++
		}
		if !slices.Contains(e.in, c.Protocol) {
			e.in = append(e.in, c.Protocol)
		}
	}
	var list []ending
	if l == nil {
		return nil
	}
	for _, r := range l.Retirements() {
		if e := byID[r.ID]; e != nil {
			list = append(list, *e)
		}
	}
	return list
}

// deadlines tells each deadline once per threshold, also when the days on which
// it was due were skipped: then only the nearest threshold is told. The baseline
// tells those it finds.
func (d *decision) deadlines() {
	for _, e := range d.calendar {
		crossed, name, due := d.dueThreshold(e.Retirement)
		if !due {
			continue
		}
		if !d.began() {
			if d.Failed == "" {
				d.mark(name, strconv.Itoa(crossed))
			}
			continue
		}
		d.mark(name, strconv.Itoa(crossed))
		d.tell(d.deadlineItem(e, crossed))
	}
}

func (d *decision) deadlineItem(e ending, crossed int) Item {
	i := Item{
		Kind: Deadline,
		Why: fmt.Sprintf("%s: %s still %s what ends then.", sentence(e.Left(d.Now.UTC())),
			several(e.clients, "client", "clients"), verb(e.clients, "uses", "use")),
		Severity:  Medium,
		Subject:   "deadline/" + d.Tenant + "/" + e.ID + "/" + strconv.Itoa(crossed),
		Key:       keyOf(Deadline, d.Tenant, e.ID, e.Date.Format(time.DateOnly), strconv.Itoa(crossed)),
		Verdict:   detect.InUse,
		Protocols: e.in,
	}
	if crossed <= 7 {
		i.Severity = High
	}
	i.Card = d.deadlineCard(e)
	i.Reply = i.Card
	return i
}
