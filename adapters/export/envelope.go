package export

import "errors"

// member is a key of an envelope that means something.
type member uint8

const (
	mOther member = iota
	mValue
	mRecords
	mTables
	mNextLink
	mError
	mColumns
	mRows
)

func memberNamed(key []byte) member {
	switch {
	case is(key, "value"):
		return mValue
	case is(key, "records"):
		return mRecords
	case is(key, "tables"):
		return mTables
	case is(key, "@odata.nextlink"), is(key, "nextlink"):
		return mNextLink
	case is(key, "error"):
		return mError
	case is(key, "columns"):
		return mColumns
	case is(key, "rows"):
		return mRows
	}
	return mOther
}

// envelope says which list the key holds, notRead when none.
func (m member) envelope() container {
	switch m {
	case mValue:
		return graphPage
	case mRecords:
		return eventHub
	case mTables:
		return queryResult
	}
	return notRead
}

// values reads the whole stream: values one after another.
func (s *splitter) values() error {
	for {
		c, err := s.peek()
		if err != nil {
			return nil // between two values is a good place to end
		}
		switch c {
		case '[':
			s.hold(jsonArray)
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

func (s *splitter) hold(c container) {
	if !s.found {
		s.holds, s.found = c, true
	}
}

// list passes an array, calling each at every element.
func (s *splitter) list(each func() error) error {
	s.pos++
	c, err := s.peek()
	if err != nil {
		return err
	}
	if c == ']' {
		s.pos++
		return nil
	}
	for {
		if err := each(); err != nil {
			return err
		}
		if c, err = s.peek(); err != nil {
			return err
		}
		switch c {
		case ']':
			s.pos++
			return nil
		case ',':
			s.pos++
			if c, err = s.peek(); err != nil {
				return err
			}
			if c == ']' {
				return s.fault(errWantMore)
			}
		default:
			return s.fault(errNoComma)
		}
	}
}

// element passes a row. Where envelopes may stand, it goes into one.
func (s *splitter) element(envelopes bool) error {
	c, err := s.peek()
	if err != nil {
		return err
	}
	s.mark = s.pos
	if c != '{' || !envelopes {
		err = s.value()
	} else {
		var into bool
		if into, err = s.object(); into {
			return err
		}
		s.hold(jsonObjects)
	}
	if err != nil {
		return err
	}
	if !s.long {
		s.j.spans = append(s.j.spans, span{s.mark, s.pos})
	}
	s.mark, s.long = -1, false
	return nil
}

// object passes an object that is a row unless one of its keys holds an
// envelope's list; then it reads that list and says so.
func (s *splitter) object() (envelope bool, err error) {
	more, partial := false, false
	err = s.members(func(m member) error {
		next, err := s.peek()
		if err != nil {
			return err
		}
		c := m.envelope()
		switch {
		case c != notRead && next == '[' && !s.long:
			if !envelope {
				s.more, s.partial = more, partial
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
			s.more, s.partial = more, partial
		}
		return err
	})
	return envelope, err
}

func (s *splitter) offset() int64 { return s.at.offset + int64(s.pos) }

func (s *splitter) listOf(c container) error {
	if c == queryResult {
		return s.list(s.tableObject)
	}
	return s.list(func() error { return s.element(false) })
}

// members passes an object, calling each after every key and its colon; each
// passes the value.
func (s *splitter) members(each func(member) error) error {
	s.pos++
	c, err := s.peek()
	if err != nil {
		return err
	}
	if c == '}' {
		s.pos++
		return nil
	}
	for {
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
		if c, err = s.peek(); err != nil {
			return err
		}
		switch c {
		case '}':
			s.pos++
			return nil
		case ',':
			s.pos++
			if c, err = s.peek(); err != nil {
				return err
			}
		default:
			return s.fault(errNoComma)
		}
	}
}

// key passes a key and says what it means. The key is kept whole while it is
// read; a row in progress is kept anyway.
func (s *splitter) key() (member, error) {
	keeping := s.mark >= 0 || s.long
	if !keeping {
		s.mark = s.pos
	}
	from := s.pos + 1 - s.mark
	s.pos++
	err := s.text()
	if err != nil || s.long {
		return mOther, err
	}
	m := memberNamed(s.j.buf[s.mark+from : s.pos-1])
	if !keeping {
		s.mark = -1
	}
	return m, nil
}

var errNoColumns = errors.New("the table's rows come before its columns")

// tableObject reads one table of the query API. A table that is not of
// sign-ins is passed over; when all are, the last refusal stands.
func (s *splitter) tableObject() error {
	c, err := s.peek()
	if err != nil {
		return err
	}
	if c != '{' {
		return s.fault(errNotList)
	}
	var columns *columns
	refused := false
	return s.members(func(m member) error {
		next, err := s.peek()
		if err != nil {
			return err
		}
		switch {
		case m == mColumns && next == '[':
			s.mark = s.pos
			if err := s.value(); err != nil {
				return err
			}
			if s.long {
				s.long = false
				refused = true
				return nil
			}
			columns, err = queryColumns(s.j.buf[s.mark:s.pos])
			s.mark = -1
			if err != nil {
				s.refused, refused = err, true
			} else {
				s.tables++
			}
			return nil
		case m == mRows && next == '[' && columns == nil && !refused:
			return s.fault(errNoColumns)
		case m == mRows && next == '[' && columns != nil:
			if len(s.j.spans) > 0 && !s.turn(s.pos) {
				return s.stop
			}
			s.j.table = columns
			return s.list(func() error { return s.element(false) })
		}
		return s.value()
	})
}
