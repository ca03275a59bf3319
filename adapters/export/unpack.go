package export

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// layers is how many times in a row something may be compressed.
const layers = 3

func isZip(b []byte) bool {
	return bytes.HasPrefix(b, []byte("PK\x03\x04")) || bytes.HasPrefix(b, []byte("PK\x05\x06"))
}

// unpack gives the text in r as UTF-8 without a byte-order mark, decompressed.
func unpack(name string, r *bufio.Reader) (io.Reader, error) {
	for range layers {
		magic, err := r.Peek(2)
		if err != nil && !errors.Is(err, io.EOF) && !cutShort(err) {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
			return decoded(name, r)
		}
		z, err := gzip.NewReader(r)
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return nil, fmt.Errorf("decompress %s: %w", name, err)
		}
		r = bufio.NewReaderSize(z, 64<<10)
	}
	return nil, fmt.Errorf("%s is compressed more than %d times over; decompress it first", name, layers-1)
}

// decoded finds the encoding by the byte-order mark or, without one, by the
// zeros that UTF-16 leaves beside ASCII.
func decoded(name string, r *bufio.Reader) (io.Reader, error) {
	head, _ := r.Peek(64)
	if isZip(head) {
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
