package jsonlog

import "legacyauth/adapters/export/flow"

// values reads the whole stream: values one after another.
func (s *Splitter) values() error {
	for {
		c, err := s.peek()
		if err != nil {
			return nil // between two values is a good place to end
		}
		switch c {
		case '[':
			s.hold(flow.JSONArray)
			err = s.list(func() error { return s.element(true) })
		case '{':
			err = s.element(true)
		default:
			err = s.fault(errNotList)
		}
		if err != nil {
			return err
		}
	}
}

func (s *Splitter) hold(c flow.Container) {
	if !s.found {
		s.Holds, s.found = c, true
	}
}

// element passes a row. Where envelopes may stand, it goes into one.
func (s *Splitter) element(envelopes bool) error {
	c, err := s.peek()
	if err != nil {
		return err
	}
	s.mark = s.pos
	if c == '{' && s.glance() {
		s.hold(flow.JSONObjects)
		s.mark = -1
		return nil
	}
	if c != '{' || !envelopes {
		err = s.value()
	} else {
		var into bool
		if into, err = s.object(); into {
			return err
		}
		s.hold(flow.JSONObjects)
	}
	if err != nil {
		return err
	}
	if !s.long {
		s.j.Spans = append(s.j.Spans, flow.Span{From: s.mark, To: s.pos})
	}
	s.mark, s.long = -1, false
	return nil
}

// object passes an object that is a row unless one of its keys holds an
// envelope's list; then it reads that list and says so.
func (s *Splitter) object() (envelope bool, err error) {
	more, partial := false, false
	err = s.members(func(m member) error {
		next, err := s.peek()
		if err != nil {
			return err
		}
		c := m.envelope()
		switch {
		case c != flow.NotRead && next == '[' && !s.long:
			if !envelope {
				s.More, s.Partial = more, partial
			}
			envelope = true
			s.mark = -1
			s.hold(c)
			return s.listOf(c)
		case m == mError && next == '{':
			partial = true
		}
		from := s.offset()
		err = s.value()
		if m == mNextLink && next == '"' && s.offset()-from > int64(len(`""`)) {
			more = true
		}
		if envelope {
			s.More, s.Partial = more, partial
		}
		return err
	})
	return envelope, err
}

func (s *Splitter) offset() int64 { return s.at.Offset + int64(s.pos) }

func (s *Splitter) listOf(c flow.Container) error {
	if c == flow.QueryResult {
		return s.list(s.table)
	}
	return s.rows()
}

// rows passes a list in which no envelopes may stand.
func (s *Splitter) rows() error { return s.list(func() error { return s.element(false) }) }
