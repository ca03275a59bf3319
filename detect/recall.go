package detect

import "time"

// Recall adds a stored bundle, as if its sign-ins had been read. It does not
// count in Counts. The Fold of all bundles of a log answers as the Fold of its
// rows, except for what Bundle says.
//
// A bundle is taken in whole where any of its time lies in the window, so a
// window that begins and ends at midnight UTC is exact. One bundle must not be
// recalled twice.
func (f *Fold) Recall(b Bundle) {
	s := &b.Row
	if !b.touches(f.window) {
		return
	}
	if b.Count == 0 {
		name, id := f.accounts.of(s)
		f.accounts.learn(name, id)
		return
	}
	protocol, outcome := ParseClientApp(s.ClientApp), s.Outcome()
	if protocol == Modern {
		f.places.recall(&b, outcome)
		return
	}
	name, id := f.accounts.of(s)
	f.accounts.learn(name, id)
	g, d, address := f.client(s, protocol, name, id)
	if g == nil {
		return
	}
	g.recall(&b, outcome, d, f.accounts.text(name), address, f.spots.of(s))
	f.places.recall(&b, outcome)
}

func (b *Bundle) touches(w Window) bool {
	return b.Row.Time.IsZero() ||
		(w.From.IsZero() || !b.Row.Time.Before(w.From)) && (w.To.IsZero() || b.First.Before(w.To))
}

func (g *gathered) recall(b *Bundle, o Outcome, d *decoded, user, address string, from int32) {
	at, many := instantOf(b.Row.Time), count(b.Count) //nolint:gosec // fewer than four billion a day
	right := g.add(&b.Row, at, o, d, user, address, from, many)
	if at == 0 {
		return
	}
	first := instantOf(b.First)
	if first == 0 {
		first = at
	}
	g.between(first, at)
	g.onDay(dayOf(b.Row.Time), many, right)
	for _, h := range b.Minutes {
		g.hours.addMany(h.Hour, h.Count)
	}
}

// recall takes the sign-ins of a bundle in.
func (p *places) recall(b *Bundle, o Outcome) {
	if o != WrongPassword || len(b.Minutes) == 0 {
		p.add(&b.Row, o)
		return
	}
	s := b.Row
	midnight := dateOf(dayOf(s.Time))
	for _, h := range b.Minutes {
		for minute := range 60 {
			if h.Set&(1<<minute) != 0 {
				s.Time = midnight.Add(time.Duration(h.Hour)*time.Hour + time.Duration(minute)*time.Minute)
				p.add(&s, o)
			}
		}
	}
}
