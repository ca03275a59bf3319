package detect

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestMinutes(t *testing.T) {
	t.Parallel()
	var m Minutes
	for _, d := range []time.Duration{0, 0, time.Minute, 14 * time.Hour, -9 * time.Hour} { // monday is at nine
		m.add(monday.Add(d))
	}
	want := Minutes{{0, 1, 1}, {9, 3, 3}, {23, 1, 1}}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	full := Minutes{{9, 1 << 59, 1<<32 - 2}}
	if diff := cmp.Diff(Minutes{{0, 1, 1}, {9, 1<<59 | 3, 1<<32 - 1}, {23, 1, 1}}, m.plus(full)); diff != "" {
		t.Errorf("sum (-want +got):\n%s", diff)
	}
}

func TestUnmarshalMinutesRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		bytes []byte
		words string
	}{
		"hour past 23":           {[]byte{24 | oneMinute, 0, 1}, "hour 24"},
		"minute past 59":         {[]byte{oneMinute, 60, 1}, "minute 60"},
		"cut after the hour":     {[]byte{oneMinute}, "ends within"},
		"cut in a set":           {[]byte{0, 3, 0}, "ends within"},
		"cut before the count":   {[]byte{oneMinute, 0}, "count"},
		"one minute as a set":    {[]byte{0, 1, 0, 0, 0, 0, 0, 0, 0, 1}, "fewer than two"},
		"a set of 61 minutes":    {[]byte{0, 1, 0, 0, 0, 0, 0, 0, 0x10, 2}, "more than 60"},
		"fewer than its minutes": {[]byte{0, 7, 0, 0, 0, 0, 0, 0, 0, 2}, "fewer sign-ins"},
		"a padded count":         {[]byte{oneMinute, 0, 0x81, 0}, "count"},
		"one hour twice":         {[]byte{oneMinute, 0, 1, oneMinute, 1, 1}, "byte 3"},
	} {
		var m Minutes
		if err := m.UnmarshalBinary(c.bytes); err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v, want words %q", name, err, c.words)
		}
		if m != nil {
			t.Errorf("%s: something was read: %v", name, m)
		}
	}
	var m Minutes
	if err := m.UnmarshalText([]byte("=")); err == nil {
		t.Error("text that is no base64 was read")
	}
	for _, m := range []Minutes{{{24, 1, 1}}, {{1, 0, 0}}, {{1, 1, 1}, {1, 2, 1}}} {
		if _, err := m.MarshalBinary(); err == nil {
			t.Errorf("%v was written", m)
		}
	}
}

// Every text that is read is the one that is written for it.
func FuzzMinutes(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{9 | oneMinute, 1, 1, 10 | oneMinute, 59, 0x80, 1})
	f.Add([]byte{0, 7, 0, 0, 0, 0, 0, 0, 8, 200, 1, 23 | oneMinute, 0, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		var m Minutes
		if m.UnmarshalBinary(data) != nil {
			return
		}
		again, err := m.MarshalBinary()
		if err != nil || !bytes.Equal(again, data) {
			t.Fatalf("%x is read as %v and written as %x (%v)", data, m, again, err)
		}
	})
}

// The reduced form of a row is that of its reduced form.
func FuzzReduce(f *testing.F) {
	f.Add("192.0.2.1:443", "Ana@contoso.com", "BAV2ROPC", "ropc")
	f.Add("2001:db8::1%eth0", "\u0130\xff", "", " ROPC ")
	f.Add("[::ffff:192.0.2.1]:25", "\x00", "Apple-iPhone12C1/1907.71", "")
	f.Fuzz(func(t *testing.T, ip, name, agent, protocol string) {
		for _, client := range []string{"IMAP4", "Browser"} {
			s := signIn("1", from(ip), byName(name), func(s *SignIn) { s.Agent, s.AuthProtocol, s.ClientApp = agent, protocol, client })
			for _, one := range bundled(s) {
				if again := bundled(one.Row); client == "IMAP4" && (len(again) != 1 || again[0].ID() != one.ID()) {
					t.Fatalf("%+v is reduced again to %+v", one, again)
				}
			}
		}
	})
}
