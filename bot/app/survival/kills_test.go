package survival

import (
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat/chattest"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// TestKilledAtEachPhase starts the program again and again, each time with new
// sign-ins to find, and kills it at a moment aimed at what it is doing. In every
// second world the channel misbehaves. LEGACYAUTH_KILLS is how often it is
// killed on each database (8).
func TestKilledAtEachPhase(t *testing.T) {
	t.Parallel()
	kills := 8
	if n, err := strconv.Atoi(os.Getenv("LEGACYAUTH_KILLS")); err == nil {
		kills = n
	}
	storagetest.Each(t, func(t *testing.T, dsn string) {
		t.Run("tenant", func(t *testing.T) {
			t.Parallel()
			k := newKiller(t, dsn, func(w *world) source { return newGraph(t, w.now) })
			k.run(kills-kills/2, false)
		})
		t.Run("folder, misbehaving channel", func(t *testing.T) {
			t.Parallel()
			other := storagetest.File(t)
			if storage.EngineOf(dsn) == storage.PostgreSQL {
				other = storagetest.Schema(t)
			}
			k := newKiller(t, other, func(w *world) source { return &folder{dir: w.dir} })
			k.run(kills/2, true)
		})
	})
}

// phase is what a program is doing.
type phase int

const (
	scan phase = iota
	record
	send
	edit
	phases
)

func (p phase) String() string { return [...]string{"scan", "record", "send", "edit"}[p] }

// killer kills a program at chosen moments.
type killer struct {
	*world
	random *rand.Rand
	// hit counts the kills that met the phase they were aimed at, missed those
	// that did not, because it did not come.
	hit, missed [phases]int
	// usual is how many requests for sign-ins a scan sends.
	usual int
}

func newKiller(t *testing.T, dsn string, made func(*world) source) *killer {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	return &killer{world: newWorld(t, dsn, "", made), random: rand.New(rand.NewPCG(seed, 1))}
}

// run kills the program so many times, and judges what is left.
func (k *killer) run(kills int, misbehaving bool) {
	k.t.Helper()
	k.add(false, 0, 1) // the first look at both logs
	k.finish()
	k.later()
	k.add(true, 2)
	k.finish() // what a scan usually asks for
	var order []phase
	for turn := range kills {
		if len(order) == 0 {
			for _, p := range k.random.Perm(int(phases)) {
				order = append(order, phase(p))
			}
		}
		// Two new clients that sign in, one that is blocked, and the one that was
		// blocked before, which is edited in its message now.
		last := 2 + 3*turn
		if order[0] == edit {
			// The message of the one that was blocked has to stand to be edited.
			k.channel.Usually(chattest.Fine)
			k.later()
			k.finish()
		}
		k.later()
		k.add(false, last, last+1, last+2)
		k.add(true, last+3)
		k.channel.Usually(k.behavior(misbehaving))
		k.kill(order[0])
		order = order[1:]
	}
	k.channel.Usually(chattest.Fine)
	k.later()
	k.finish()
	total, missed := 0, 0
	for p := range phases {
		k.t.Logf("%s: killed %d times, and %d times where it did not come", p, k.hit[p], k.missed[p])
		total, missed = total+k.hit[p], missed+k.missed[p]
	}
	// Where a place is left alone after a failure, nothing is sent in some turns.
	most := kills / 5
	if misbehaving {
		most = kills / 2
	}
	if kills >= 20 && missed > most {
		k.t.Errorf("%d of %d kills missed what they were aimed at", missed, total+missed)
	}
	k.judge(2)
}

// slow holds up a message that has arrived, before the channel says so.
func (k *killer) slow() { until(8*time.Millisecond, func() bool { return false }) }

// behavior is how the channel treats the messages of a turn.
func (k *killer) behavior(misbehaving bool) chattest.Behavior {
	b := chattest.Fine
	if misbehaving && k.random.IntN(3) > 0 {
		b = []chattest.Behavior{
			chattest.TooMany(time.Second), chattest.Refuse(http.StatusServiceUnavailable), chattest.Broken, chattest.BrokenLate,
			chattest.Silent, chattest.RecordedSilent, chattest.Lost, chattest.Unconfirmed, chattest.Slow(50 * time.Millisecond),
		}[k.random.IntN(9)]
	}
	b.Then = k.slow
	return b
}

// finish lets the program run until everything is done, and kills it then.
func (k *killer) finish() {
	k.t.Helper()
	before, tells := k.source.asked()
	p := k.start("program", k.dsn, 0)
	done := until(2*time.Minute, k.settled)
	if after, _ := k.source.asked(); tells {
		k.usual = after - before
	}
	p.kill()
	if !done {
		said, _ := os.ReadFile(p.said)
		k.t.Fatalf("%d messages wait, and %d of %d clients are known:\n%s", k.waiting(), k.number(`SELECT count(*) FROM clients`), len(k.rows), said)
	}
}

// kill runs the program until it does what the phase says, and a random moment
// longer.
func (k *killer) kill(at phase) {
	k.t.Helper()
	seen := k.sign(at)
	p := k.start("program", k.dsn, 0)
	if until(10*time.Second, seen) {
		k.hit[at]++
	} else {
		k.missed[at]++
	}
	moment := time.Duration(k.random.IntN(25_000)) * time.Microsecond
	until(moment, func() bool { return false })
	p.kill()
}

// sign gives what tells that a phase has come.
func (k *killer) sign(at phase) func() bool {
	asked, tells := k.source.asked()
	posts, puts := k.requests()
	messages := k.number(`SELECT count(*) FROM messages`)
	some := 1 + k.random.IntN(3)
	running := func() bool { return k.number(`SELECT count(*) FROM passes WHERE ended = 0`) > 0 }
	switch {
	case at == send:
		return func() bool { now, _ := k.requests(); return now >= posts+min(some, 2) }
	case at == edit:
		return func() bool { _, now := k.requests(); return now > puts }
	case at == record && k.random.IntN(2) == 0:
		return func() bool { return k.number(`SELECT count(*) FROM messages`) > messages }
	case !tells:
		// Both in a moment: reading a file and recording it.
		return running
	case at == scan:
		some = 1 + k.random.IntN(max(k.usual-1, 1))
	case at == record:
		some = k.usual
	}
	return func() bool { now, _ := k.source.asked(); return now >= asked+some }
}

// requests counts the messages and the changes that have arrived.
func (k *killer) requests() (posts, puts int) {
	for _, r := range k.channel.Requests() {
		switch {
		case strings.HasPrefix(r, http.MethodPost):
			posts++
		case strings.HasPrefix(r, http.MethodPut):
			puts++
		}
	}
	return posts, puts
}
