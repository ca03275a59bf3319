package migration_test

import (
	"math/rand/v2"
	"slices"
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

const hour = time.Hour

// generate makes a client that signs in every few hours to every few days, until
// it moves or for ever. Half of the users have a second device of the same kind
// that is modern from the start.
func generate(random *rand.Rand, begin time.Time, length time.Duration) labeled {
	var c labeled
	end := begin.Add(length)
	if random.IntN(2) == 0 {
		c.moved = begin.Add(time.Duration(random.Int64N(int64(length / 2))))
		end = c.moved
	}
	pace := time.Duration(1+random.IntN(48)) * hour
	for at := begin; at.Before(end); {
		c.rows = append(c.rows, labeledRow{at, at.Add(time.Duration(random.Int64N(int64(migration.Late))))})
		// Never longer silent than five days: what is silent for longer than the
		// rule asks for is a relapse, not a mistake.
		at = at.Add(min(time.Duration(random.ExpFloat64()*float64(pace)), 5*24*hour) + time.Minute)
	}
	second := random.IntN(2) == 0
	for at := begin; at.Before(begin.Add(length)); at = at.Add(7*hour + time.Duration(random.Int64N(int64(30*hour)))) {
		if second || !c.moved.IsZero() && at.After(c.moved) {
			c.modern = append(c.modern, at)
		}
	}
	return c
}

// follow reads the log every few hours as a watch does, with passes that fail,
// parts that are lost for good and rows that come late, and gives when the rule
// first says verified; zero: never.
func follow(random *rand.Rand, c labeled, begin time.Time, length time.Duration) time.Time {
	var covered []detect.Window
	var last time.Time
	cursor := begin
	for now := begin.Add(hour); now.Before(begin.Add(length)); now = now.Add(time.Duration(1+random.IntN(6)) * hour) {
		if random.IntN(20) == 0 {
			continue // the pass failed; the next reads on from the cursor
		}
		from := cursor.Add(-migration.Late)
		lost := random.IntN(60) == 0
		first, _ := slices.BinarySearchFunc(c.rows, from, func(r labeledRow, t time.Time) int { return r.at.Compare(t) })
		for _, r := range c.rows[first:] {
			if r.at.After(now) {
				break
			}
			if !lost && !r.arrives.After(now) && r.at.After(last) {
				last = r.at
			}
		}
		if !lost {
			covered = append(covered, detect.Window{From: from, To: now})
		}
		cursor = now
		if last.IsZero() {
			continue
		}
		e := migration.Evidence{Now: now, LastRight: last, LastTry: last, Covered: covered}
		if n, _ := slices.BinarySearchFunc(c.modern, now, time.Time.Compare); n > 0 && c.modern[n-1].After(last) {
			e.ModernSince = &c.modern[n-1]
		}
		if migration.Judge(e).Verified {
			return now
		}
	}
	return time.Time{}
}

// TestTheRuleForVerifiedIsNeverWrong measures the rule on clients of whom the
// truth is known: no client that still signs in may be called verified, and one
// that has moved is found in the end.
func TestTheRuleForVerifiedIsNeverWrong(t *testing.T) {
	t.Parallel()
	const clients, length = 600, 40 * 24 * hour
	random := rand.New(rand.NewPCG(3, 5)) //nolint:gosec // the same clients in each run
	begin := time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC)
	var delays []time.Duration
	moved, missed, wrong := 0, 0, 0
	for range clients {
		c := generate(random, begin, length)
		at := follow(random, c, begin, length)
		if !c.moved.IsZero() {
			moved++
		}
		switch {
		case at.IsZero() && !c.moved.IsZero():
			missed++
		case at.IsZero():
		case c.moved.IsZero() || at.Before(c.moved):
			wrong++
			t.Errorf("verified at %v, moved %v, last sign-in %v", at, c.moved, c.rows[len(c.rows)-1].at)
		default:
			delays = append(delays, at.Sub(c.moved))
		}
	}
	slices.Sort(delays)
	if len(delays) == 0 {
		t.Fatal("nothing was verified")
	}
	part := func(q float64) float64 { return delays[int(q*float64(len(delays)-1))].Hours() / 24 }
	t.Logf("%d clients, %d moved: %d wrong, %d not found by the end; days from move to verified: least %.1f, median %.1f, nine in ten %.1f, most %.1f",
		clients, moved, wrong, missed, part(0), part(0.5), part(0.9), part(1))
	// The rule asks for seven silent days; what is beyond that waits for late rows,
	// passes that failed and what a gap has left unread.
	const middle, nine = 8, 15
	if part(0.5) > middle || part(0.9) > nine || missed > moved/20 {
		t.Errorf("the rule takes too long: median %.1f days (at most %d), nine in ten %.1f (%d), %d of %d not found", part(0.5), middle, part(0.9), nine, missed, moved)
	}
}
