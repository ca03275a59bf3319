package detect

import (
	"bytes"
	"iter"
	"maps"
	"slices"
	"time"
)

// Bundler collects the sign-ins of one pass into bundles. Its memory grows with
// distinct bundles (about half a kilobyte each), not with rows.
//
// It does not know repeats: the caller hands rows seen before, see Sight, to
// Repeated rather than Add. A Bundler is not safe for concurrent use.
type Bundler struct {
	counts  Counts
	agents  agents
	bundles map[[16]byte]*collected
	// rows holds one copy of what bundles of several days have in common.
	rows map[[16]byte]*SignIn
}

// collected is a bundle as it grows.
type collected struct {
	row         *SignIn // without a time
	kind        DeviceKind
	first, last instant
	count       int
	minutes     Minutes
}

// NewBundler returns an empty Bundler.
func NewBundler() *Bundler {
	return &Bundler{agents: newAgents(), bundles: map[[16]byte]*collected{}, rows: map[[16]byte]*SignIn{}}
}

// Counts says what has been added so far, as Fold.Counts does.
func (b *Bundler) Counts() Counts { return b.counts }

// Add takes one row in, legacy or modern. The row may be reused by the caller
// afterwards; its strings are kept.
func (b *Bundler) Add(s *SignIn) {
	if !b.counts.admit(s, Window{}) {
		return
	}
	protocol, outcome := ParseClientApp(s.ClientApp), s.Outcome()
	if protocol == Modern {
		b.modern(s, outcome)
		return
	}
	b.counts.legacy(protocol)
	if s.ID == "" {
		b.counts.NoID++
	}
	d := b.agents.of(s)
	if nameless(s, d) {
		b.counts.Nameless++
		return
	}
	b.take(&Bundle{Row: reduceLegacy(s, d)}, s.Time, true)
}

// AddAll takes a batch in. Its error is always nil; it has one so that it can be
// where a source hands its batches.
func (b *Bundler) AddAll(batch []SignIn) error {
	for i := range batch {
		b.Add(&batch[i])
	}
	return nil
}

// Repeated counts a row that was seen before. Where it gives both the name and
// the directory id of its account, a bundle of no sign-ins keeps that.
func (b *Bundler) Repeated(s *SignIn) {
	if !b.counts.admit(s, Window{}) {
		return
	}
	protocol := ParseClientApp(s.ClientApp)
	if protocol == Modern {
		return
	}
	b.counts.legacy(protocol)
	b.counts.Duplicates++
	if s.User != "" && s.UserID != "" && s.UserID != Nobody {
		pair := Bundle{Row: pairing(s)}
		b.bundle(&pair)
	}
}

func (b *Bundler) modern(s *SignIn, o Outcome) {
	row, ok := reduceModern(s, o)
	if !ok {
		return
	}
	one := Bundle{Row: row}
	if o == Succeeded {
		one.Kind = kindOfRow(s, b.agents.of(s))
	}
	b.take(&one, s.Time, o == WrongPassword)
}

// take adds a reduced row to its bundle.
func (b *Bundler) take(one *Bundle, t time.Time, minutes bool) {
	at := instantOf(t)
	one.Row.Time = at.time()
	kept := b.bundle(one)
	kept.count++
	if at == 0 {
		return
	}
	kept.last = max(kept.last, at)
	if kept.first == 0 || at < kept.first {
		kept.first = at
	}
	if minutes {
		kept.minutes.add(t)
	}
}

// bundle gives the bundle that a reduced row belongs to.
func (b *Bundler) bundle(one *Bundle) *collected {
	id := one.ID()
	if kept, ok := b.bundles[id]; ok {
		return kept
	}
	template := one.Template()
	row := b.rows[template]
	if row == nil {
		copied := one.Row
		copied.Time = time.Time{}
		row = &copied
		b.rows[template] = row
	}
	kept := &collected{row: row, kind: one.Kind, last: instantOf(one.Row.Time)}
	b.bundles[id] = kept
	return kept
}

// Bundles gives what has been collected, sorted by ID.
func (b *Bundler) Bundles() []Bundle {
	return slices.AppendSeq(make([]Bundle, 0, len(b.bundles)), b.Each())
}

// Each gives what has been collected, sorted by ID, one at a time: a list of a
// million bundles takes half a gigabyte.
func (b *Bundler) Each() iter.Seq[Bundle] {
	return func(yield func(Bundle) bool) {
		ids := slices.SortedFunc(maps.Keys(b.bundles), func(x, y [16]byte) int { return bytes.Compare(x[:], y[:]) })
		for _, id := range ids {
			if !yield(b.bundles[id].bundle()) {
				return
			}
		}
	}
}

func (c *collected) bundle() Bundle {
	one := Bundle{Row: *c.row, Kind: c.kind, First: c.first.time(), Count: c.count, Minutes: slices.Clone(c.minutes)}
	one.Row.Time = c.last.time()
	return one
}
