package jsonlog

import "legacyauth/adapters/export/flow"

// ship sends the rows found in the first n bytes.
func (s *Splitter) ship(n int) {
	s.j.At, s.j.Data = s.at, s.j.Buf[:n]
	s.at = s.at.After(s.j.Data)
	s.f.Send(s.j)
}

// fill reads on, keeping what is in progress. It gives false at the end.
func (s *Splitter) fill() bool {
	if s.End != nil {
		return false
	}
	keep := s.end
	if s.mark >= 0 {
		keep = s.mark
	}
	switch {
	case len(s.j.Spans) > 0:
		if !s.turn(keep) {
			return false
		}
		keep = 0
	case keep > 0:
		s.at = s.at.After(s.j.Buf[:keep])
		copy(s.j.Buf, s.j.Buf[keep:s.end])
	case s.end == len(s.j.Buf) && !s.f.Grow(s.j):
		s.j.Tally.Skip(s.at.Error(flow.ErrRowTooLong))
		s.long, s.mark, keep = true, -1, s.end
		s.at = s.at.After(s.j.Buf)
	}
	s.shift(keep)
	var n int
	n, s.End = flow.ReadFull(s.r, s.j.Buf[s.end:])
	s.end += n
	return n > 0
}

// turn sends the job with what precedes keep and goes on in another one.
func (s *Splitter) turn(keep int) bool {
	next, err := s.f.Next(s.j.Buf[keep:s.end])
	if err != nil {
		s.End = err
		return false
	}
	next.Table = s.j.Table
	s.ship(keep)
	s.j = next
	s.shift(keep)
	return true
}

// shift follows what is in the buffer n bytes to the left.
func (s *Splitter) shift(n int) {
	s.pos -= n
	s.end -= n
	if s.mark >= 0 {
		s.mark -= n
	}
}

// peek gives the next byte that is not space.
func (s *Splitter) peek() (byte, error) {
	for {
		for s.pos < s.end {
			c := s.j.Buf[s.pos]
			if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
				return c, nil
			}
			s.pos++
		}
		if !s.fill() {
			return 0, errCut
		}
	}
}
