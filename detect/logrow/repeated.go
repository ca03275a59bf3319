package logrow

// repeated remembers a few texts that have followed the key of one member, with
// what they say.
type repeated struct {
	steps  []step
	newest int
	misses uint8
	rest   uint8 // members left to pass without comparing
}

// step is a text from the value of one member to the value of another, or to the
// end of their object.
type step struct {
	text []byte
	says []said
	next *member // nil when the object ends
}

// said is a value inside a step's text that means something.
type said struct {
	field    field
	from, to int
}

const (
	maxSteps = 4
	longest  = 16 << 10
	// What never repeats, such as ids and times, is not compared for a while.
	tired   = 3 * maxSteps
	restFor = 200
)

// again gives the step that b begins with, nil when none of those remembered
// does. Settled says that it is the one of last time.
func (r *repeated) again(b []byte) (s *step, settled bool) {
	if r.rest > 0 {
		r.rest--
		return nil, false
	}
	if s := &r.steps[r.newest]; s.begins(b) {
		r.misses = 0
		return s, true
	}
	for n := range r.steps {
		if s := &r.steps[n]; n != r.newest && s.begins(b) {
			r.newest, r.misses = n, 0
			return s, false
		}
	}
	return nil, false
}

func (s *step) begins(b []byte) bool {
	return len(b) >= len(s.text) && string(b[:len(s.text)]) == string(s.text)
}

// remember takes a step in that was not there, in the place of an old one.
func (r *repeated) remember(text []byte, says []said, next *member, left *room) {
	if r.rest > 0 {
		return
	}
	if r.misses++; r.misses > tired {
		r.misses, r.rest = 0, restFor
		return
	}
	if len(text) > min(longest, left.bytes) {
		return
	}
	if len(r.steps) < maxSteps {
		r.steps = append(r.steps, step{})
		r.newest = len(r.steps) - 1
	} else {
		r.newest = (r.newest + 1) % maxSteps
	}
	s := &r.steps[r.newest]
	before := cap(s.text)
	*s = step{append(s.text[:0], text...), append(s.says[:0], says...), next}
	left.bytes -= cap(s.text) - before
}
