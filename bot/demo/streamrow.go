package demo

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"legacyauth/bot/demo/graphlog"
)

// stream is a large log while it is written.
type stream struct {
	StreamConfig
	random *rand.Rand
	source *rand.PCG
	modern []template
	legacy [][]kind
	done   Streamed
	// fresh counts the legacy rows that were not repeats.
	fresh int64
	// step is the time between two rows, in nanoseconds.
	step float64

	recent [256]event
	fill   filling
}

// event is one sign-in, from which its row follows.
type event struct {
	template        template
	user, client    int // client is -1 for modern rows
	id, correlation [16]byte
	at              int64 // seconds since 1970
	agent           string
	address         uint32
}

func newStream(c StreamConfig, frame graphlog.Frame) *stream {
	source := rand.NewPCG(c.Seed, 0x5167)
	s := &stream{StreamConfig: c, source: source, random: rand.New(source)}
	s.modern, s.legacy = templates(frame.Append)
	rows := c.Rows
	if byBytes := c.Bytes / averageSize(s.modern); rows == 0 || c.Bytes > 0 && byBytes < rows {
		rows = max(byBytes, 1)
	}
	s.step = float64(c.To.Sub(c.From)) / float64(rows)
	return s
}

// averageSize is the size in bytes of a row made from one of the templates, for
// spreading rows over the window when only a size was asked for.
func averageSize(templates []template) int64 {
	total := 0
	for _, t := range templates {
		for _, p := range t {
			total += len(p.text)
		}
	}
	const filled = 300
	return int64(total/len(templates) + filled)
}

// next appends one row.
func (s *stream) next(dst []byte) []byte {
	e, again := s.pick()
	s.done.Rows++
	if e.client >= 0 {
		s.done.Legacy++
		if again {
			s.done.Duplicates++
		}
	}
	s.write(e)
	return e.template.append(dst, &s.fill)
}

// pick gives the next event: a new one, or now and then one of the last again.
func (s *stream) pick() (e *event, again bool) {
	n := s.done.Rows
	if n > int64(len(s.recent)) && s.random.Float64() < againShare {
		return &s.recent[s.source.Uint64()%uint64(len(s.recent))], true
	}
	e = &s.recent[n%int64(len(s.recent))]
	*e = event{client: -1}
	s.draw(e)
	return e, false
}

func (s *stream) draw(e *event) {
	put(&e.id, s.source)
	put(&e.correlation, s.source)
	at := s.From.UnixNano() + int64(float64(s.done.Rows)*s.step)
	if s.random.Float64() < lateShare {
		at -= int64(s.random.IntN(int(2 * time.Hour)))
	}
	e.at = min(max(at/int64(time.Second), s.From.Unix()), s.To.Unix()-1)
	e.address = s.random.Uint32()
	if s.random.Float64() >= s.Legacy {
		e.user = int(e.address) % s.Users
		e.template = s.modern[s.random.IntN(len(s.modern))]
		return
	}
	e.client = int(s.fresh % int64(s.Clients))
	s.fresh++
	s.done.Clients = int(min(s.fresh, int64(s.Clients)))
	s.dress(e)
}

// dress gives a legacy event the kind its client always has: of one user's
// clients, the first few are of different kinds, the others differ by network.
func (s *stream) dress(e *event) {
	e.user = e.client % s.Users
	round := e.client / s.Users
	group := (e.user + round) % len(s.legacy)
	if round >= len(s.legacy) {
		group = 0
	}
	k := s.legacy[group][mix(e.client)%uint64(len(s.legacy[group]))]
	e.template = k.template
	if len(k.agents) > 0 {
		e.agent = k.agents[mix(e.user)%uint64(len(k.agents))]
	}
}

// write fills the slots for an event.
func (s *stream) write(e *event) {
	f := &s.fill
	f[slotID] = appendGUID(f[slotID][:0], &e.id)
	f[slotCorrelation] = appendGUID(f[slotCorrelation][:0], &e.correlation)
	f[slotToken] = base64.RawURLEncoding.AppendEncode(f[slotToken][:0], e.id[:])
	f[slotTime] = time.Unix(e.at, 0).UTC().AppendFormat(f[slotTime][:0], time.RFC3339)
	f[slotAgent] = append(f[slotAgent][:0], e.agent...)

	var user [16]byte
	seed := mix(e.user)
	for i := range 8 {
		user[i], user[15-i] = byte(seed>>(8*i)), byte(e.user>>(8*i))
	}
	f[slotUserID] = appendGUID(f[slotUserID][:0], &user)
	user[8] ^= 0xff
	f[slotDeviceID] = appendGUID(f[slotDeviceID][:0], &user)
	f[slotUserName] = append(strconv.AppendInt(append(f[slotUserName][:0], "user"...), int64(e.user), 10), "@"+domain...)
	f[slotDisplay] = strconv.AppendInt(append(f[slotDisplay][:0], "User "...), int64(e.user), 10)
	f[slotAddress] = s.appendAddress(f[slotAddress][:0], e)
}

// appendAddress appends where an event comes from. A legacy client keeps its
// address; from the second on, a user's clients have an IPv6 prefix each.
func (s *stream) appendAddress(dst []byte, e *event) []byte {
	switch {
	case e.client >= s.Users:
		return fmt.Appendf(dst, "2001:db8:%x:%x::%x", e.client>>16, e.client&0xffff, e.address&0xffff)
	case e.client >= 0 || e.address%3 == 0:
		dst = append(dst, "198.51.100."...)
		return strconv.AppendUint(dst, mix(e.user)%250+1, 10)
	}
	dst = append(dst, "192.0.2."...)
	return strconv.AppendInt(dst, int64(e.user%4*30+10), 10)
}

// mix spreads a number over 64 bits (the finalizer of SplitMix64).
func mix(n int) uint64 {
	x := uint64(n) + 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func put(dst *[16]byte, source *rand.PCG) {
	a, b := source.Uint64(), source.Uint64()
	for i := range 8 {
		dst[i], dst[8+i] = byte(a>>(8*i)), byte(b>>(8*i))
	}
}

// appendGUID appends a guid in its usual form.
func appendGUID(dst []byte, b *[16]byte) []byte {
	dst = hex.AppendEncode(dst, b[:4])
	dst = hex.AppendEncode(append(dst, '-'), b[4:6])
	dst = hex.AppendEncode(append(dst, '-'), b[6:8])
	dst = hex.AppendEncode(append(dst, '-'), b[8:10])
	return hex.AppendEncode(append(dst, '-'), b[10:])
}
