package survival

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat/chattest"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/bot/news"
	"legacyauth/bot/watch"
	"legacyauth/storage/storagetest"
)

// goesOn is how soon after a fault others must have done all that was under way.
// A lease lasts 30 seconds, and whoever goes on looks every 15.
const goesOn = time.Minute

// pause is how long a replica is paused at least: longer than any lease.
const pause = 35 * time.Second

// replica is one of several programs on one database.
type replica struct {
	*program
	name, dsn string
	skew      time.Duration
}

// crowd is several replicas in one world.
type crowd struct {
	*world
	random   *rand.Rand
	replicas []*replica
	users    int
	// interrupted counts the faults that met a pass.
	interrupted int
}

// newCrowd starts three replicas whose clocks disagree; through gives the address
// of the database for each.
func newCrowd(t *testing.T, through func(name, dsn string) string) *crowd {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	c := &crowd{random: rand.New(rand.NewPCG(seed, 1))}
	c.world = newWorld(t, storagetest.Schema(t), "    schedule:\n      every: 1h\n      jitter: 0s\n", func(w *world) source {
		g := newGraph(t, w.now)
		// A pass takes long enough to be met.
		g.server.Misbehave(entratest.Rule{Path: "/auditLogs/signIns", Mishap: entratest.Mishap{Delay: 300 * time.Millisecond}})
		return g
	})
	c.channel.Usually(chattest.Behavior{Then: func() { rest(30 * time.Millisecond) }})
	c.add(false, 0, 1)
	c.users = 2
	for i, skew := range []time.Duration{-40 * time.Second, 0, 40 * time.Second} {
		r := &replica{name: fmt.Sprintf("replica%d", i), skew: skew}
		r.dsn = through(r.name, c.dsn)
		r.program = c.start(r.name, r.dsn, r.skew)
		c.replicas = append(c.replicas, r)
	}
	c.settle("the first look")
	return c
}

// turn is a new turn to scan, with new clients and one that has become worse.
func (c *crowd) turn() {
	c.t.Helper()
	c.advance(time.Hour)
	n := c.users
	c.users += 3
	c.add(true, n)
	c.add(false, n+1, n+2)
	if n > 2 {
		c.add(false, n-3)
	}
}

// settle waits until everything is recorded and sent.
func (c *crowd) settle(after string) time.Duration {
	c.t.Helper()
	began := time.Now()
	if !until(2*goesOn, c.settled) {
		c.t.Fatalf("%s: %d of %d clients are known, and %d messages wait\n%s", after, c.number(`SELECT count(*) FROM clients`), len(c.rows), c.waiting(), c.said())
	}
	return time.Since(began)
}

func (c *crowd) said() string {
	var all strings.Builder
	for _, r := range c.replicas {
		text, _ := os.ReadFile(r.said)
		fmt.Fprintf(&all, "%s:\n%s\n", r.name, text)
	}
	return all.String()
}

// holder gives the replica that has a lease of a kind; nil: none has.
func (c *crowd) holder(kind string) *replica {
	rows, err := c.pool.QueryContext(c.t.Context(), `SELECT holder FROM leases WHERE name LIKE $1 AND until > extract(epoch FROM clock_timestamp()) * 1000000`, kind+":%")
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var holder string
		if err := rows.Scan(&holder); err != nil {
			c.t.Fatal(err)
		}
		for _, r := range c.replicas {
			if strings.Contains(holder, fmt.Sprintf(" %d", r.Process.Pid)) {
				return r
			}
		}
	}
	return nil
}

// busy begins a turn and gives the replica that scans, or that sends.
func (c *crowd) busy(kind string) *replica {
	c.t.Helper()
	c.turn()
	before := len(c.channel.Messages())
	var found *replica
	seen := func() bool {
		if kind == "place" && len(c.channel.Messages()) == before {
			return false // nothing is on its way
		}
		found = c.holder(kind)
		return found != nil
	}
	if !until(goesOn, seen) {
		c.t.Fatalf("no replica has a lease on a %s\n%s", kind, c.said())
	}
	if kind == "pass" {
		c.interrupted++
		rest(time.Duration(c.random.IntN(900)) * time.Millisecond)
	}
	return found
}

// rest lets time pass.
func rest(d time.Duration) { until(d, func() bool { return false }) }

// took checks how long the others took to go on.
func (c *crowd) took(fault string, d time.Duration) {
	c.t.Helper()
	c.t.Logf("%s: all was recorded and sent by others after %.1f s", fault, d.Seconds())
	if d > goesOn {
		c.t.Errorf("%s: the others took %v to go on, want at most %v", fault, d, goesOn)
	}
}

// killed ends the replica, and starts it again when the others have gone on.
func (c *crowd) killed(r *replica, fault string) {
	c.t.Helper()
	r.kill()
	c.took(fault, c.settle(fault))
	r.program = c.start(r.name, r.dsn, r.skew)
}

// end kills everybody and judges what is left.
func (c *crowd) end() {
	c.t.Helper()
	c.turn()
	c.settle("at the end")
	for _, r := range c.replicas {
		r.kill()
	}
	c.judge(2)
	left := c.number(`SELECT count(*) FROM passes WHERE error = $1 AND rows_read = 0`, watch.Interrupted)
	unended := c.number(`SELECT count(*) FROM passes WHERE ended = 0`)
	c.t.Logf("%d faults met a pass, %d passes recorded nothing", c.interrupted, left)
	if unended > 0 {
		c.t.Errorf("%d passes have no end", unended)
	}
	if lost := c.number(`SELECT count(*) FROM messages WHERE kind = $1`, string(news.Lost)); lost > 0 {
		c.t.Errorf("coverage was lost %d times", lost)
	}
}

// TestReplicas has three replicas share a database; one is paused while it
// scans, and another killed at the same time.
func TestReplicas(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, func(_, dsn string) string { return dsn })
	victim := c.busy("pass")
	for _, r := range c.replicas {
		if r != victim {
			r.kill()
			defer func() { r.program = c.start(r.name, r.dsn, r.skew); c.end() }()
			break
		}
	}
	c.paused(victim, "one paused and one killed")
}
