package logrow

import (
	"bytes"

	"legacyauth/detect/logrow/rawjson"
)

// memory learns the members that a log's objects have in one place, in the
// order in which they come. A key is mostly recognized by comparing it with the
// one expected next, and a member whose value has been seen by comparing it with
// what was seen: equal bytes need not be understood twice.
type memory struct {
	index map[string]*member
	first *member                // that began the last object
	named func(key []byte) field // nil where no key means anything
	room  *room
}

// member is a key that has been seen.
type member struct {
	name   string // with the comma before it, in quotes, and with the colon after it
	field  field
	next   *member // that followed last time
	within *memory // of objects inside its value
	values repeated
	runs   repeated // of this member and those after it
}

// room is what a decoder's memories may still take up together; a log's keys
// and values can be anything.
type room struct{ members, bytes int }

func newRoom() *room { return &room{members: 1 << 11, bytes: 1 << 20} }

func newMemory(r *room) *memory { return &memory{index: map[string]*member{}, room: r} }

func hasPrefix(b []byte, s string) bool { return len(b) >= len(s) && string(b[:len(s)]) == s }

// opening reads the first key of an object, whose opening quote is at i; see
// find.
func (m *memory) opening(b []byte, i int) (k *member, value int) {
	if k = m.first; k != nil && hasPrefix(b[i:], k.name[1:]) {
		return k, rawjson.Space(b, i+len(k.name)-1)
	}
	if k, value = m.find(b, i); k != nil && k.kept() {
		m.first = k
	}
	return k, value
}

// following reads the key that comes after last, whose value ends at i; see find.
func (m *memory) following(b []byte, i int, last *member) (k *member, value int) {
	if k = last.next; k != nil && hasPrefix(b[i:], k.name) {
		return k, rawjson.Space(b, i+len(k.name))
	}
	if i = rawjson.Space(b, i); i >= len(b) || b[i] != ',' {
		return nil, -1
	}
	if k, value = m.find(b, rawjson.Space(b, i+1)); k != nil && k.kept() {
		last.next = k
	}
	return k, value
}

// find reads the key whose opening quote is at i. It gives the index of the
// value, -1 for what is no key, for one that holds an escape and for one that
// lacks its colon.
func (m *memory) find(b []byte, i int) (k *member, value int) {
	if i >= len(b) || b[i] != '"' {
		return nil, -1
	}
	i++
	n := bytes.IndexByte(b[i:], '"')
	if n < 0 || bytes.IndexByte(b[i:i+n], '\\') >= 0 {
		return nil, -1
	}
	return m.learn(b[i : i+n]), rawjson.Colon(b, i+n+1)
}

func (m *memory) learn(key []byte) *member {
	if k, ok := m.index[string(key)]; ok {
		return k
	}
	f := fNone
	if m.named != nil {
		f = m.named(key)
	}
	if m.room.members == 0 || len(key) > 128 {
		return &member{field: f}
	}
	m.room.members--
	k := &member{name: `,"` + string(key) + `":`, field: f}
	m.index[string(key)] = k
	return k
}

// kept is false for a key that there was no room for.
func (k *member) kept() bool { return k.name != "" }
