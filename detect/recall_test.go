package detect

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// store stands for a database: bundles as JSON, by ID, and sightings.
type store struct {
	bundles map[[16]byte][]byte
	sighted *Sighted
	read    int64 // Counts.Read of all passes
}

func newStore() *store { return &store{bundles: map[[16]byte][]byte{}, sighted: NewSighted()} }

// pass reads rows as a scheduled scan does.
func (s *store) pass(t *testing.T, rows []SignIn) {
	t.Helper()
	b := NewBundler()
	for i := range rows {
		if x, ok := Sight(&rows[i]); ok && !s.sighted.Add(x) {
			b.Repeated(&rows[i])
		} else {
			b.Add(&rows[i])
		}
	}
	for one := range b.Each() {
		id := one.ID()
		if body, ok := s.bundles[id]; ok {
			one = one.Merge(parseBundle(t, body))
		}
		body, err := json.Marshal(one)
		if err != nil {
			t.Fatal(err)
		}
		if got := parseBundle(t, body).ID(); got != id {
			t.Fatalf("stored under %x, read back as %x: %s", id, got, body)
		}
		s.bundles[id] = body
	}
	s.read += b.Counts().Read
}

func parseBundle(t *testing.T, body []byte) Bundle {
	t.Helper()
	var b Bundle
	if err := json.Unmarshal(body, &b); err != nil {
		t.Fatal(err)
	}
	return b
}

func (s *store) fold(t *testing.T, w Window) *Fold {
	t.Helper()
	f := NewFold(w)
	for _, body := range s.bundles { // in the map's order, another each time
		f.Recall(parseBundle(t, body))
	}
	return f
}

// The clients of any passes over a log are those of one Fold over all of it.
func TestPassesEqualOneFold(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		rows := generate(seed)
		random := &tenant{Rand: rand.New(rand.NewPCG(seed, 8))}
		want := fold(rows...)
		repeated := random.repeatSome(rows)
		s := newStore()
		for left := repeated; len(left) > 0; {
			n := 1 + random.IntN(len(left))
			s.pass(t, left[:n])
			left = left[n:]
		}
		got := s.fold(t, Window{})
		if diff := cmp.Diff(want.Clients(), got.Clients()); diff != "" {
			t.Fatalf("seed %d, %d rows: clients of passes differ (-one fold +passes):\n%s", seed, len(rows), diff)
		}
		if got.Counts() != (Counts{}) {
			t.Fatalf("recalling counted: %+v", got.Counts())
		}
		if s.read != int64(len(repeated)) {
			t.Fatalf("the passes counted %d rows of %d", s.read, len(repeated))
		}
	}
}

// A Fold can recall what is stored and read new rows after it.
func TestRecallAndAdd(t *testing.T) {
	t.Parallel()
	for seed := range uint64(15) {
		rows := generate(seed)
		half := len(rows) / 2
		s := newStore()
		s.pass(t, rows[:half])
		got := s.fold(t, Window{})
		for i := range rows[half:] {
			if x, ok := Sight(&rows[half+i]); !ok || s.sighted.Add(x) {
				got.Add(&rows[half+i])
			}
		}
		if diff := cmp.Diff(fold(rows...).Clients(), got.Clients()); diff != "" {
			t.Fatalf("seed %d (-one fold +recalled and read):\n%s", seed, diff)
		}
	}
}

// Days that left the window are gone as if their rows had never been read.
func TestRecallWindow(t *testing.T) {
	t.Parallel()
	midnight := monday.Truncate(24 * time.Hour)
	w := Window{From: midnight.AddDate(0, 0, 3), To: midnight.AddDate(0, 0, 7)}
	for seed := range uint64(15) {
		rows := generate(seed)
		s := newStore()
		s.pass(t, rows)
		want := NewFold(w)
		_ = want.AddAll(rows)
		if diff := cmp.Diff(want.Clients(), s.fold(t, w).Clients()); diff != "" {
			t.Fatalf("seed %d (-one fold +recalled):\n%s", seed, diff)
		}
	}
}

// The generator makes every verdict and device that bundling could spoil.
func TestGeneratedTenantsAreHard(t *testing.T) {
	t.Parallel()
	verdicts, whys, split := map[Verdict]int{}, map[string]int{}, 0
	for seed := range uint64(60) {
		rows := generate(seed)
		f := fold(rows...)
		clients := f.Clients()
		for i := range clients {
			verdicts[clients[i].Verdict]++
			whys[clients[i].Why]++
		}
		for _, s := range f.settle() {
			if s.identity.registered != "" {
				split++
			}
		}
	}
	for _, v := range Verdicts() {
		if verdicts[v] == 0 {
			t.Errorf("no client is %s", v)
		}
	}
	if len(whys) < 10 || split == 0 {
		t.Errorf("%d different reasons and %d clients split by registered device: %v", len(whys), split, whys)
	}
}
