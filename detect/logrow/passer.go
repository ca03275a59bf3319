package logrow

import "legacyauth/detect/logrow/rawjson"

// Passer finds where objects end in text that holds one after another. It learns
// as a Decoder does, and belongs to one goroutine.
type Passer struct{ d Decoder }

// NewPasser gives a Passer that stops at objects with one of the given keys,
// which are lower-cased and matched without regard to ASCII case.
func NewPasser(stops ...string) *Passer {
	m := newMemory(newRoom())
	m.named = func(key []byte) field {
		for _, stop := range stops {
			if rawjson.Is(key, stop) {
				return fStop
			}
		}
		return fNone
	}
	return &Passer{Decoder{keys: [2]*memory{m, m}}}
}

// Pass gives the index after the object whose opening brace is at i. It gives -1
// where that cannot be told at a glance: for an object with a key to stop at or
// with one that holds an escape, for a broken one, and for one that text cuts.
func (p *Passer) Pass(text []byte, i int) int {
	p.d.run.of = nil
	return p.d.members(text, i+1, p.d.keys[outer], outer, 1)
}
