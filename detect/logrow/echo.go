package logrow

import (
	"encoding/binary"
	"hash/maphash"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/logrow/rawjson"
)

// echoes remembers modern sign-ins in two halves, each by a hash over what the row
// says: how it was made, of which a log has few kinds, and who made it from where.
type echoes struct {
	seed    maphash.Seed
	manners map[uint64]*detect.SignIn // without who, from where and when
	told    lately
	text    []byte
}

// mostManners bounds what is remembered. A log has a few dozen.
const mostManners = 1 << 10

func newEchoes() *echoes {
	return &echoes{seed: maphash.MakeSeed(), manners: map[uint64]*detect.SignIn{}}
}

// echo makes s of a modern sign-in, which was made at that time. It says whether it
// is an echo: one from which the Fold learns nothing that earlier rows have not told
// it. That is counted, and s means nothing then.
func (d *Decoder) echo(at time.Time, s *detect.SignIn) bool {
	if d.echoes == nil {
		d.echoes = newEchoes()
	}
	e, f := d.echoes, &d.fields
	manner := e.hash(d.manner(f))
	like := e.manners[manner]
	if like == nil {
		d.signIn(f, at, s)
		if !d.garbled && s.Outcome() != detect.WrongPassword {
			e.keep(manner, *s)
		}
		return false
	}
	like.Time = at
	// That the Fold knows who it was is taken for granted from now on.
	if id, user, ip := d.account(f); like.Lesson(*d.FoldOver) == detect.NoLesson || e.told.add(e.whose(id, user, ip)) {
		d.count(f, like)
		d.Tally.Echoes.Admit(like, *d.FoldOver)
		return true
	}
	*s = *like
	d.who(f, s)
	d.count(f, s)
	return false
}

func (e *echoes) keep(manner uint64, s detect.SignIn) {
	if len(e.manners) == mostManners {
		clear(e.manners)
	}
	s.User, s.UserID, s.IP = "", "", ""
	e.manners[manner] = &s
}

// whose hashes who signed in from where.
func (e *echoes) whose(id, user, ip []byte) uint64 {
	e.text = appendText(appendText(appendText(e.text[:0], id), user), ip)
	return e.hash(e.text)
}

// manner gives in one text everything of a row on which hangs what is made of it,
// but for who, from where and when.
func (d *Decoder) manner(f *fields) []byte {
	named := byte(0)
	for _, at := range [...]field{fUserID, fUser, fPrincipal} {
		if named <<= 1; len(d.bytes(f.get(at))) > 0 {
			named++
		}
	}
	b := appendText(append(d.echoes.text[:0], named), d.tenant(f))
	for _, at := range [...]field{fHomeTenant, fUserType, fClientApp, fCAStatus, fStatus, fResultType, fResultText, fCategory, fEvents, fInteractive} {
		b = appendValue(b, f.get(at))
	}
	d.echoes.text = b
	return b
}

func appendValue(b []byte, v rawjson.Value) []byte {
	return appendText(append(b, byte(v.Kind)), v.Raw)
}

// appendText appends a text with its length, so that no two lists look the same.
func appendText[T string | []byte](b []byte, text T) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(text))) //nolint:gosec // a row is shorter than four gigabytes
	return append(b, text...)
}

func (e *echoes) hash(b []byte) uint64 { return maphash.Bytes(e.seed, b) }
