package migration_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/migration"
)

// labeled is a generated client with the truth about it.
type labeled struct {
	rows []labeledRow // legacy, with the right password, by time
	// moved is when its device moved; zero: it never did.
	moved time.Time
	// modern are the user's modern sign-ins from the same kind of device: of the
	// moved device, or of a second one that the user has.
	modern []time.Time
}

// labeledRow is a sign-in and when the log first shows it.
type labeledRow struct{ at, arrives time.Time }

const (
	hour = time.Hour
	days = 24 * hour
)

// way is how a kind of client signs in.
type way struct {
	name string
	// promised says that the rule must never be wrong about it: its rows come no
	// later than Late, and it is never silent for longer than the rule asks for or
	// its user has no modern sign-in before it moves.
	promised bool
	// most is how many of the verified may be wrong, in percent, where nothing is
	// promised: what was measured, and a little more.
	most    int
	clients int
	length  time.Duration
	// gap is the time from one sign-in to the next.
	gap func(random *rand.Rand, pace time.Duration) time.Duration
	// late is how late the rows of one come.
	late func(random *rand.Rand) time.Duration
	// second says whether the user has a modern device of the same kind beside it
	// from the start: never, every other, always.
	second string
	// lost is of how many passes one loses what it should have read; 0: sixty.
	lost   int
	leave  bool // for two weeks nothing signs in with legacy authentication
	noUser bool
}

// often is what most devices do: every few hours to every few days, and never
// longer silent than five days.
func often(random *rand.Rand, pace time.Duration) time.Duration {
	return min(time.Duration(random.ExpFloat64()*float64(pace)), 5*days) + time.Minute
}

// every is a device that signs in each so many days, up to so much earlier or later.
func every(period, early, late time.Duration) func(*rand.Rand, time.Duration) time.Duration {
	return func(random *rand.Rand, _ time.Duration) time.Duration {
		return period - early + time.Duration(random.Int64N(int64(early+late)+1))
	}
}

// inTime are rows as Microsoft says that they come.
func inTime(random *rand.Rand) time.Duration {
	return time.Duration(random.Int64N(int64(migration.Late)))
}

// tooLate are rows every fifth of which comes up to two days later than that, when
// no pass looks for it again.
func tooLate(random *rand.Rand) time.Duration {
	if random.IntN(5) > 0 {
		return inTime(random)
	}
	return migration.Late + time.Duration(random.Int64N(int64(2*days)))
}

const (
	never  = "never"
	halfOf = "every other"
	always = "always"
)

// measured are the kinds of clients on which the rule is measured.
var measured = []way{
	{name: "in use", promised: true, clients: 600, length: 40 * days, gap: often, late: inTime, second: halfOf},
	{name: "printer in use", promised: true, clients: 200, length: 40 * days, gap: often, late: inTime, second: never, noUser: true},
	{name: "weekly, no later than a week", promised: true, clients: 200, length: 80 * days, gap: every(7*days, 6*hour, 0), late: inTime, second: always},
	{name: "weekly printer, no later", promised: true, clients: 200, length: 80 * days, gap: every(7*days, 6*hour, 0), late: inTime, second: never, noUser: true},
	{name: "on leave, one device", promised: true, clients: 200, length: 60 * days, gap: often, late: inTime, second: never, leave: true},
	{name: "weekly, some hours later", promised: true, clients: 200, length: 80 * days, gap: every(7*days, 6*hour, 6*hour), late: inTime, second: always},
	{name: "monthly, one device", promised: true, lost: 600, clients: 200, length: 200 * days, gap: every(30*days, 2*days, 2*days), late: inTime, second: never},
	{name: "monthly, a second one at work", promised: true, lost: 600, clients: 200, length: 200 * days, gap: every(30*days, 2*days, 2*days), late: inTime, second: always},
	{name: "in use, rows too late", most: 8, clients: 600, length: 40 * days, gap: often, late: tooLate, second: always},
	{name: "on leave, a second one at work", most: 75, clients: 200, length: 60 * days, gap: often, late: inTime, second: always, leave: true},
	{name: "printer used each quarter", most: 60, clients: 100, length: 200 * days, gap: every(90*days, 5*days, 5*days), late: inTime, second: never, noUser: true},
}

// generate makes a client that signs in as its kind does until it moves, or for
// ever; every other one moves in the first half of the time.
func (w *way) generate(random *rand.Rand, begin time.Time) labeled {
	var c labeled
	end := begin.Add(w.length)
	if random.IntN(2) == 0 {
		c.moved = begin.Add(time.Duration(random.Int64N(int64(w.length / 2))))
		end = c.moved
	}
	var away detect.Window
	if w.leave {
		away.From = begin.Add(time.Duration(random.Int64N(int64(w.length / 2))))
		away.To = away.From.Add(14 * days)
	}
	pace := time.Duration(1+random.IntN(48)) * hour
	for at := begin; at.Before(end); at = at.Add(w.gap(random, pace)) {
		if late := w.late(random); !w.leave || at.Before(away.From) || at.After(away.To) {
			c.rows = append(c.rows, labeledRow{at, at.Add(late)})
		}
	}
	second := w.second == always || w.second == halfOf && random.IntN(2) == 0
	for at := begin; at.Before(begin.Add(w.length)); at = at.Add(7*hour + time.Duration(random.Int64N(int64(30*hour)))) {
		if second || !c.moved.IsZero() && at.After(c.moved) {
			c.modern = append(c.modern, at)
		}
	}
	return c
}

// follow reads the log every few hours as a watch does, with passes that fail,
// parts that are lost for good and rows that come late, and gives when the rule
// first says verified; zero: never.
func (w *way) follow(random *rand.Rand, c labeled, begin time.Time) time.Time {
	var covered []detect.Window
	var last time.Time
	var used []detect.Day
	cursor := begin
	for now := begin.Add(hour); now.Before(begin.Add(w.length)); now = now.Add(time.Duration(1+random.IntN(6)) * hour) {
		if random.IntN(20) == 0 {
			continue // the pass failed; the next reads on from the cursor
		}
		from := cursor.Add(-migration.Late)
		lost := random.IntN(cmp.Or(w.lost, 60)) == 0
		first, _ := slices.BinarySearchFunc(c.rows, from, func(r labeledRow, t time.Time) int { return r.at.Compare(t) })
		for _, r := range c.rows[first:] {
			if r.at.After(now) {
				break
			}
			if !lost && !r.arrives.After(now) && r.at.After(last) {
				last = r.at
				if day := last.Truncate(days); len(used) == 0 || used[len(used)-1].Date.Before(day) {
					used = append(used, detect.Day{Date: day, Count: 1, Right: 1})
				}
			}
		}
		switch n := len(covered); {
		case lost:
		case n > 0 && !from.After(covered[n-1].To.Add(-migration.Late)): // it changes no judgement, and saves time
			covered[n-1].To = now
		default:
			covered = append(covered, detect.Window{From: from, To: now})
		}
		cursor = now
		if last.IsZero() || now.Sub(last) < migration.SilentDays*days {
			continue // the watch does not ask yet
		}
		e := migration.Evidence{Now: now, LastRight: last, LastTry: last, Pace: detect.PaceOf(used), Covered: covered, NoUser: w.noUser}
		if n, _ := slices.BinarySearchFunc(c.modern, now, time.Time.Compare); n > 0 && c.modern[n-1].After(last) {
			e.ModernSince = &c.modern[n-1]
		}
		if migration.Judge(e).Verified {
			return now
		}
	}
	return time.Time{}
}

// outcome is what was measured of one kind.
type outcome struct {
	moved, missed, wrong int
	delays               []time.Duration // from the move to verified
	stood                []time.Duration // from a wrong verified to the row that shows it
}

func (w *way) measure(t *testing.T) outcome {
	t.Helper()
	random := rand.New(rand.NewPCG(3, 5)) //nolint:gosec // the same clients in each run
	begin := time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC)
	var o outcome
	for range w.clients {
		c := w.generate(random, begin)
		at := w.follow(random, c, begin)
		if !c.moved.IsZero() {
			o.moved++
		}
		next := slices.IndexFunc(c.rows, func(r labeledRow) bool { return r.at.After(at) })
		switch {
		case at.IsZero() && !c.moved.IsZero():
			o.missed++
		case at.IsZero():
		case c.moved.IsZero() || at.Before(c.moved):
			o.wrong++
			if next >= 0 {
				o.stood = append(o.stood, c.rows[next].arrives.Sub(at))
			}
			if w.promised {
				t.Errorf("%s: verified at %v, moved %v, last sign-in %v", w.name, at, c.moved, c.rows[len(c.rows)-1].at)
			}
		default:
			o.delays = append(o.delays, at.Sub(c.moved))
		}
	}
	slices.Sort(o.delays)
	slices.Sort(o.stood)
	return o
}

// part gives the time within which so many of all are, in days.
func part(sorted []time.Duration, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[int(q*float64(len(sorted)-1))].Hours() / 24
}

// TestTheRuleForVerifiedMeasured measures the rule on clients of whom the truth is
// known, each kind by itself.
//
// What is promised holds for each: no client that still signs in is called verified
// whose rows come within Late and which is never silent for longer than the rule
// asks for, by its pace, or whose user has no modern sign-in from such a device. That
// is what the rule can know from a log. Somebody on leave with a second device that is
// modern, a printer that is used each quarter: the log shows nothing that would tell
// them from moved ones, and "verified" means no more than silence there. So the rates
// of those are no quality of the rule but of how often such devices are; what the bot
// owes then is to find them at their next sign-in, which a test in bot/people holds.
func TestTheRuleForVerifiedMeasured(t *testing.T) {
	t.Parallel()
	var table strings.Builder
	fmt.Fprintf(&table, "%-31s %8s %7s %6s %6s %9s %7s %7s %12s\n", "kind", "promised", "clients", "moved", "false", "not found", "median", "90 %", "false stood")
	for i := range measured {
		w := &measured[i]
		o := w.measure(t)
		verified := len(o.delays) + o.wrong
		fmt.Fprintf(&table, "%-31s %8t %7d %6d %6d %9d %5.1f d %5.1f d %10.1f d\n", w.name, w.promised, w.clients, o.moved, o.wrong, o.missed, part(o.delays, 0.5), part(o.delays, 0.9), part(o.stood, 0.5))
		switch {
		case w.promised && len(o.delays) < w.clients/10:
			t.Errorf("%s: only %d were verified", w.name, len(o.delays))
		case !w.promised && (o.wrong == 0 || o.wrong*100 > w.most*verified):
			t.Errorf("%s: %d of %d verified are wrong, which is not what is written here", w.name, o.wrong, verified)
		}
		// The rule asks for seven silent days; what is beyond that waits for late
		// rows, passes that failed and what a gap has left unread. Not found are mostly
		// those that were used on one day only before they moved.
		if w.name == "in use" {
			const middle, nine = 8, 15
			if part(o.delays, 0.5) > middle || part(o.delays, 0.9) > nine || o.missed > o.moved/8 {
				t.Errorf("the rule takes too long: median %.1f days (at most %d), nine in ten %.1f (%d), %d of %d not found", part(o.delays, 0.5), middle, part(o.delays, 0.9), nine, o.missed, o.moved)
			}
		}
	}
	t.Logf("\n%s", table.String())
}
