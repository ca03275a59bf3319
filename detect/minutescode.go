package detect

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

// oneMinute marks an hour with one minute, which is then written as its number
// rather than as a set.
const oneMinute = 0x80

// MarshalBinary writes m in three to fourteen bytes an hour: the hour, its only
// minute in one byte or all its minutes in eight, and the count as a varint. The
// form never changes.
func (m Minutes) MarshalBinary() ([]byte, error) {
	b := make([]byte, 0, 3*len(m))
	for i, h := range m {
		if i > 0 && h.Hour <= m[i-1].Hour {
			return nil, fmt.Errorf("write minutes: hour %d after hour %d", h.Hour, m[i-1].Hour)
		}
		if err := h.check(); err != nil {
			return nil, fmt.Errorf("write minutes: %w", err)
		}
		if h.Set&(h.Set-1) == 0 {
			b = append(b, h.Hour|oneMinute, byte(bits.TrailingZeros64(h.Set))) //nolint:gosec // below 60
		} else {
			b = binary.LittleEndian.AppendUint64(append(b, h.Hour), h.Set)
		}
		b = binary.AppendUvarint(b, uint64(h.Count))
	}
	return b, nil
}

// UnmarshalBinary reads what MarshalBinary wrote and refuses everything else,
// naming the byte.
func (m *Minutes) UnmarshalBinary(data []byte) error {
	*m = nil
	last := -1
	for at := 0; at < len(data); {
		h, n, err := readHour(data[at:])
		if err == nil && int(h.Hour) <= last {
			err = errors.New("hours are out of order")
		}
		if err != nil {
			*m = nil
			return fmt.Errorf("read minutes at byte %d: %w", at, err)
		}
		last = int(h.Hour)
		*m = append(*m, h)
		at += n
	}
	return nil
}

// readHour reads one hour and the number of bytes it takes.
func readHour(b []byte) (Hour, int, error) {
	h := Hour{Hour: b[0] &^ oneMinute}
	n := 2
	switch single := b[0]&oneMinute != 0; {
	case single && len(b) >= 2 && b[1] < 60:
		h.Set = 1 << b[1]
	case single && len(b) >= 2:
		return h, 0, fmt.Errorf("minute %d is past 59", b[1])
	case !single && len(b) >= 9:
		n = 9
		if h.Set = binary.LittleEndian.Uint64(b[1:]); h.Set&(h.Set-1) == 0 {
			return h, 0, errors.New("a set has fewer than two minutes")
		}
	default:
		return h, 0, errors.New("it ends within an hour")
	}
	count, size := binary.Uvarint(b[n:])
	if size <= 0 || count > 1<<32-1 || size > 1 && b[n+size-1] == 0 {
		return h, 0, errors.New("the count is no number of sign-ins")
	}
	h.Count = uint32(count)
	return h, n + size, h.check()
}

func (h Hour) check() error {
	switch {
	case h.Hour > 23:
		return fmt.Errorf("hour %d is past 23", h.Hour)
	case h.Set == 0 || h.Set&^hourMask != 0:
		return fmt.Errorf("hour %d has no minutes or more than 60", h.Hour)
	case int(h.Count) < bits.OnesCount64(h.Set):
		return fmt.Errorf("hour %d has fewer sign-ins than minutes", h.Hour)
	}
	return nil
}

// MarshalText writes the binary form in base64 for JSON.
func (m Minutes) MarshalText() ([]byte, error) {
	b, err := m.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return base64.RawStdEncoding.AppendEncode(nil, b), nil
}

// UnmarshalText reads what MarshalText wrote.
func (m *Minutes) UnmarshalText(text []byte) error {
	b, err := base64.RawStdEncoding.Strict().AppendDecode(nil, text)
	if err != nil {
		return fmt.Errorf("read minutes: %w", err)
	}
	return m.UnmarshalBinary(b)
}
