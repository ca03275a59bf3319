package logrow

// run is a stretch of members, all of which said what they have said before. Next
// time it is compared as a whole.
type run struct {
	of      *member // whose value it starts with; nil when there is no run
	from    int     // where that is
	members int
	settled bool // the last of them said what it said in the object before
	says    []said
}

// extend takes in the step at i, of the member k. A member that says something
// else than in the object before begins another run, because those after it
// mostly do the same.
func (r *run) extend(b []byte, i int, k *member, s *step, settled bool, left *room) {
	if r.of != nil && r.settled && !settled {
		r.end(b, i, k, left)
	}
	if r.of == nil {
		r.of, r.from, r.members, r.says = k, i, 0, r.says[:0]
	}
	r.members++
	r.settled = settled
	for _, v := range s.says {
		r.says = append(r.says, said{v.field, v.from + i - r.from, v.to + i - r.from})
	}
}

// end remembers the run, which reaches up to the value of next.
func (r *run) end(b []byte, to int, next *member, left *room) {
	if r.of != nil && r.members > 1 {
		r.of.runs.remember(b[r.from:to], r.says, next, left)
	}
	r.of = nil
}

// seen gives the longest step known of the member k whose value is at i, nil when
// the value is new.
func (d *Decoder) seen(b []byte, i int, k *member, m *memory) *step {
	r := &d.run // nobody's while a value is looked into
	var s *step
	if len(k.runs.steps) > 0 {
		if s, _ = k.runs.again(b[i:]); s != nil {
			r.end(b, i, k, m.room)
			return s
		}
	}
	settled := false
	if len(k.values.steps) > 0 {
		s, settled = k.values.again(b[i:])
	}
	if s == nil {
		r.end(b, i, k, m.room)
		return nil
	}
	r.extend(b, i, k, s, settled, m.room)
	if s.next == nil {
		r.end(b, i+len(s.text), nil, m.room)
	}
	return s
}

// remember keeps the text from the value of k, length bytes long, to that of
// next.
func (k *member) remember(text []byte, length int, next *member, left *room) {
	if k.field == fNone {
		k.values.remember(text, nil, next, left)
		return
	}
	k.values.remember(text, []said{{k.field, 0, length}}, next, left)
}
