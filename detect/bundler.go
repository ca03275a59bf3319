package detect

import (
	"cmp"
	"iter"
	"maps"
	"math"
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
	bundles map[dated]*collected
	// templates holds one copy of what bundles of several days have in common.
	templates map[[16]byte]*template
}

// template is a bundle without its day.
type template struct {
	number int32
	row    SignIn // without a time
	kind   DeviceKind
}

// dated names a bundle by the number of its template and its day; undated where
// its rows carry no time.
type dated struct{ number, day int32 }

const undated = math.MinInt32

// collected is a bundle as it grows.
type collected struct {
	*template
	first, last instant
	count       int
	minutes     Minutes
}

// NewBundler returns an empty Bundler.
func NewBundler() *Bundler {
	return &Bundler{agents: newAgents(), bundles: map[dated]*collected{}, templates: map[[16]byte]*template{}}
}

// Counts says what has been added so far, as Fold.Counts does.
func (b *Bundler) Counts() Counts { return b.counts }

// Add takes one row in, legacy or modern. The row may be reused by the caller
// afterwards; its strings are kept.
func (b *Bundler) Add(s *SignIn) {
	if !b.counts.Admit(s, Window{}) {
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
	if !b.counts.Admit(s, Window{}) {
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
	name := one.Template()
	t := b.templates[name]
	if t == nil {
		t = &template{number: int32(len(b.templates)), row: one.Row, kind: one.Kind} //nolint:gosec // a pass holds fewer than two billion
		t.row.Time = time.Time{}
		b.templates[name] = t
	}
	at := dated{t.number, undated}
	if !one.Row.Time.IsZero() {
		at.day = dayOf(one.Row.Time)
	}
	kept := b.bundles[at]
	if kept == nil {
		kept = &collected{template: t, last: instantOf(one.Row.Time)}
		b.bundles[at] = kept
	}
	return kept
}

// Bundles gives what has been collected, in the order of Each.
func (b *Bundler) Bundles() []Bundle {
	return slices.AppendSeq(make([]Bundle, 0, len(b.bundles)), b.Each())
}

// Each gives what has been collected, one at a time, since a list of a million
// bundles takes half a gigabyte: day by day, those without a time first, and
// those of one day as the first of their kind was added.
func (b *Bundler) Each() iter.Seq[Bundle] {
	return func(yield func(Bundle) bool) {
		list := slices.SortedFunc(maps.Keys(b.bundles), func(x, y dated) int { return cmp.Or(cmp.Compare(x.day, y.day), cmp.Compare(x.number, y.number)) })
		for _, at := range list {
			if !yield(b.bundles[at].bundle()) {
				return
			}
		}
	}
}

func (c *collected) bundle() Bundle {
	one := Bundle{Row: c.row, Kind: c.kind, First: c.first.time(), Count: c.count, Minutes: slices.Clone(c.minutes)}
	one.Row.Time = c.last.time()
	return one
}
