package unpack

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decoded finds the encoding by the byte-order mark or, without one, by the
// zeros that UTF-16 leaves beside ASCII.
func decoded(name string, r *bufio.Reader) (io.Reader, error) {
	head, _ := r.Peek(64)
	if IsZip(head) {
		return nil, fmt.Errorf("%s holds a zip archive inside another one; unpack it first", name)
	}
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		_, err := r.Discard(3)
		return r, err
	}
	order, bom, ok := utf16Order(head)
	if !ok {
		return r, nil
	}
	policy := unicode.IgnoreBOM
	if bom {
		policy = unicode.ExpectBOM
	}
	return transform.NewReader(r, unicode.UTF16(order, policy).NewDecoder()), nil
}

func utf16Order(head []byte) (order unicode.Endianness, bom, ok bool) {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return unicode.LittleEndian, true, true
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return unicode.BigEndian, true, true
	}
	if len(head) < 4 {
		return unicode.BigEndian, false, false
	}
	zeros := [2]int{}
	for i, c := range head[:len(head)&^1] {
		if c == 0 {
			zeros[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case zeros[0] == 0 && zeros[1] == half:
		return unicode.LittleEndian, false, true
	case zeros[1] == 0 && zeros[0] == half:
		return unicode.BigEndian, false, true
	}
	return unicode.BigEndian, false, false
}
