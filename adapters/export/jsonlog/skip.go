package jsonlog

import (
	"bytes"

	"legacyauth/adapters/export/flow"
)

// skipText passes a string whose opening quote has been passed.
func (s *Splitter) skipText() error {
	escapes := 0
	for {
		rest := s.j.Buf[s.pos:s.end]
		n := bytes.IndexByte(rest, '"')
		if n < 0 {
			escapes = trailing(rest, escapes)
			s.pos = s.end
			if !s.fill() {
				return errCut
			}
			continue
		}
		escapes = trailing(rest[:n], escapes)
		s.pos += n + 1
		if escapes&1 == 0 {
			return nil
		}
		escapes = 0
	}
}

// trailing counts the backslashes at the end of b, and before's when b is
// nothing else.
func trailing(b []byte, before int) int {
	n := 0
	for n < len(b) && b[len(b)-1-n] == '\\' {
		n++
	}
	if n == len(b) {
		n += before
	}
	return n
}

// value passes any value.
func (s *Splitter) value() error {
	c, err := s.peek()
	if err != nil {
		return err
	}
	switch c {
	case '"':
		s.pos++
		return s.skipText()
	case '{', '[':
		return s.brackets()
	}
	from := 0
	for {
		for s.pos < s.end {
			switch s.j.Buf[s.pos] {
			case ',', ']', '}', ' ', '\n', '\r', '\t', ':', '"', '{', '[':
				if from == 0 {
					return s.fault(errNoValue)
				}
				return nil
			}
			s.pos++
			from++
		}
		if !s.fill() {
			if s.mark < 0 {
				return errCut
			}
			return nil
		}
	}
}

// brackets passes an object or array up to its closing bracket.
func (s *Splitter) brackets() error {
	depth := 0
	for {
		for s.pos < s.end {
			c := s.j.Buf[s.pos]
			s.pos++
			switch c {
			case '"':
				if err := s.skipText(); err != nil {
					return err
				}
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return nil
				}
			}
		}
		if !s.fill() {
			return errCut
		}
	}
}

// glance takes the row at s.pos whole where that is easily done: it is all in the
// buffer, it is whole, and nothing in it is an envelope. Else it does nothing.
func (s *Splitter) glance() bool {
	end := s.passer.Pass(s.j.Buf[:s.end], s.pos)
	if end < 0 {
		return false
	}
	s.j.Spans = append(s.j.Spans, flow.Span{From: s.pos, To: end})
	s.pos = end
	return true
}
