package survival

import (
	"testing"
)

// TestReplicasCutOff pauses, kills and cuts off replicas in random order, while
// they scan and while they send. LEGACYAUTH_TOXIPROXY names the program that
// stands between each of them and the database.
func TestReplicasCutOff(t *testing.T) {
	t.Parallel()
	toxiproxy := newToxiproxy(t)
	proxies := map[string]*proxy{}
	c := newCrowd(t, func(name, dsn string) string {
		p, through := toxiproxy.before(name, dsn)
		proxies[name] = p
		return through
	})
	cut := func(how string, off func(*proxy)) func(*replica, string) {
		return func(r *replica, fault string) {
			off(proxies[r.name])
			c.took(fault+" ("+how+")", c.settle(fault))
			proxies[r.name].heal()
		}
	}
	faults := []struct {
		name, lease string
		do          func(*replica, string)
	}{
		{"paused while it scans", "pass", c.paused},
		{"paused while it sends", "place", c.paused},
		{"killed while it scans", "pass", c.killed},
		{"killed while it sends", "place", c.killed},
		{"cut off while it scans", "pass", cut("no answer", (*proxy).silence)},
		{"cut off while it sends", "place", cut("connection reset", (*proxy).reset)},
		{"cut off while it scans", "pass", cut("refused", (*proxy).down)},
	}
	c.random.Shuffle(len(faults), func(i, j int) { faults[i], faults[j] = faults[j], faults[i] })
	for _, f := range faults {
		r := c.busy(f.lease)
		f.do(r, f.name)
	}
	c.end()
}
