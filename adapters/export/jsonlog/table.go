package jsonlog

import (
	"errors"

	"github.com/go-json-experiment/json/jsontext"

	"legacyauth/adapters/export/tables"
	"legacyauth/detect/logrow"
	"legacyauth/detect/logrow/rawjson"
)

var (
	errColumns   = errors.New("the columns of the table are not a list of named columns")
	errNoColumns = errors.New("the table's rows come before its columns")
)

// queryColumns reads the columns of a query API table.
func queryColumns(array []byte) (*logrow.Columns, error) {
	if err := rawjson.Reader(array).SkipValue(); err != nil {
		return nil, errColumns
	}
	keys := [4]string{"name", "columnname"}
	var names []string
	rawjson.Elements(array, func(v rawjson.Value) bool {
		name := ""
		if v.Kind == rawjson.Object {
			got, _ := rawjson.Pick(v.Raw, &keys)
			if name = text(got[0]); name == "" {
				name = text(got[1])
			}
		}
		names = append(names, name)
		return true
	})
	return tables.Query(names)
}

// text gives what a string says, nothing for other values.
func text(v rawjson.Value) string {
	if v.Kind != rawjson.String {
		return ""
	}
	out, err := jsontext.AppendUnquote(nil, `"`+string(v.Raw)+`"`)
	if err != nil {
		return ""
	}
	return string(out)
}

// table is a table of the query API while it is read.
type table struct {
	columns *logrow.Columns
	refused bool
}

// table reads one table of the query API. A table that is not of sign-ins is
// passed over; when all are, the last refusal stands.
func (s *Splitter) table() error {
	c, err := s.peek()
	if err != nil {
		return err
	}
	if c != '{' {
		return s.fault(errNotList)
	}
	var t table
	return s.members(func(m member) error {
		next, err := s.peek()
		if err != nil {
			return err
		}
		switch {
		case m == mColumns && next == '[':
			return s.columns(&t)
		case m == mRows && next == '[' && t.columns != nil:
			if len(s.j.Spans) > 0 && !s.turn(s.pos) {
				return s.End
			}
			s.j.Table = t.columns
			return s.rows()
		case m == mRows && next == '[' && !t.refused:
			return s.fault(errNoColumns)
		}
		return s.value()
	})
}

// columns reads the columns of t. A list longer than a row may be is passed over
// and its table with it.
func (s *Splitter) columns(t *table) error {
	s.mark = s.pos
	if err := s.value(); err != nil {
		return err
	}
	if s.long {
		s.long, t.refused = false, true
		return nil
	}
	columns, err := queryColumns(s.j.Buf[s.mark:s.pos])
	s.mark = -1
	t.columns = columns
	if err != nil {
		s.Refused, t.refused = err, true
		return nil
	}
	s.Tables++
	return nil
}
