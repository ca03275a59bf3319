package jsonlog

import (
	"legacyauth/adapters/export/flow"
	"legacyauth/detect/logrow/rawjson"
)

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
	case rawjson.Is(key, "value"):
		return mValue
	case rawjson.Is(key, "records"):
		return mRecords
	case rawjson.Is(key, "tables"):
		return mTables
	case rawjson.Is(key, "@odata.nextlink"), rawjson.Is(key, "nextlink"):
		return mNextLink
	case rawjson.Is(key, "error"):
		return mError
	case rawjson.Is(key, "columns"):
		return mColumns
	case rawjson.Is(key, "rows"):
		return mRows
	}
	return mOther
}

// envelope says which list the key holds, flow.NotRead when none.
func (m member) envelope() flow.Container {
	switch m {
	case mValue:
		return flow.GraphPage
	case mRecords:
		return flow.EventHub
	case mTables:
		return flow.QueryResult
	}
	return flow.NotRead
}

// key passes a key and says what it means. The key is kept whole while it is
// read; a row in progress is kept anyway.
func (s *Splitter) key() (member, error) {
	keeping := s.mark >= 0 || s.long
	if !keeping {
		s.mark = s.pos
	}
	from := s.pos + 1 - s.mark
	s.pos++
	err := s.skipText()
	if err != nil || s.long {
		return mOther, err
	}
	m := memberNamed(s.j.Buf[s.mark+from : s.pos-1])
	if !keeping {
		s.mark = -1
	}
	return m, nil
}
