package demo

import (
	"bytes"
	"time"
	"unicode/utf8"

	"legacyauth/bot/demo/graphlog"
)

// slot is a place in a template that every row fills anew.
type slot byte

const (
	slotID slot = iota
	slotCorrelation
	slotToken
	slotTime
	slotUserID
	slotUserName
	slotDisplay
	slotAddress
	slotAgent
	slotDeviceID
	slots // how many there are
)

// firstMark is the private-use character that stands for the first slot in a
// row that is to become a template. No writer escapes it.
const firstMark = 0xE000

func mark(s slot) string { return string(rune(firstMark + int(s))) }

// markTime stands for slotTime, since a row's time is not text.
var markTime = time.Date(1999, 12, 31, 23, 59, 59, 0, time.UTC)

// template is a written row, cut at its slots.
type template []piece

// piece is fixed text and the slot behind it.
type piece struct {
	text []byte
	slot slot // slots: none
}

// newTemplate writes a row whose slots carry marks, and cuts it.
func newTemplate(row graphlog.SignIn, write func([]byte, *graphlog.SignIn) []byte) template {
	row.Time = markTime
	line := write(nil, &row)
	line = bytes.ReplaceAll(line, []byte(markTime.Format(time.RFC3339)), []byte(mark(slotTime)))
	var t template
	for {
		at := bytes.IndexFunc(line, func(r rune) bool { return r >= firstMark && r < firstMark+rune(slots) })
		if at < 0 {
			return append(t, piece{line, slots})
		}
		r, size := utf8.DecodeRune(line[at:])
		t = append(t, piece{line[:at], slot(r - firstMark)})
		line = line[at+size:]
	}
}

// filling is the text of every slot of one row.
type filling [slots][]byte

func (t template) append(dst []byte, f *filling) []byte {
	for _, p := range t {
		dst = append(dst, p.text...)
		if p.slot < slots {
			dst = append(dst, f[p.slot]...)
		}
	}
	return dst
}
