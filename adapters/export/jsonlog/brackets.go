package jsonlog

// list passes an array, calling each at every element.
func (s *Splitter) list(each func() error) error {
	s.pos++
	c, err := s.peek()
	if err != nil {
		return err
	}
	if c == ']' {
		s.pos++
		return nil
	}
	for more := true; more; {
		if c == ']' {
			return s.fault(errWantMore)
		}
		if err = each(); err != nil {
			return err
		}
		if c, more, err = s.next(']'); err != nil {
			return err
		}
	}
	return nil
}

// next passes what follows an element or a member: a comma, after which c comes,
// or the closing bracket. More says that it was a comma.
func (s *Splitter) next(closing byte) (c byte, more bool, err error) {
	if c, err = s.peek(); err != nil {
		return 0, false, err
	}
	switch c {
	case closing:
		s.pos++
		return 0, false, nil
	case ',':
		s.pos++
		c, err = s.peek()
		return c, true, err
	}
	return 0, false, s.fault(errNoComma)
}

// members passes an object, calling each after every key and its colon; each
// passes the value.
func (s *Splitter) members(each func(member) error) error {
	s.pos++
	c, err := s.peek()
	if err != nil {
		return err
	}
	if c == '}' {
		s.pos++
		return nil
	}
	for more := true; more; {
		if c != '"' {
			return s.fault(errNoKey)
		}
		m, err := s.key()
		if err != nil {
			return err
		}
		if c, err = s.peek(); err != nil {
			return err
		}
		if c != ':' {
			return s.fault(errNoColon)
		}
		s.pos++
		if err := each(m); err != nil {
			return err
		}
		if c, more, err = s.next('}'); err != nil {
			return err
		}
	}
	return nil
}
