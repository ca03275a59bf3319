package unpack

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// layers is how many times in a row something may be compressed.
const layers = 3

// IsZip says whether what starts with b is a zip archive, which Text does not read.
func IsZip(b []byte) bool {
	return bytes.HasPrefix(b, []byte("PK\x03\x04")) || bytes.HasPrefix(b, []byte("PK\x05\x06"))
}

// Text reads r, up to twice compressed by gzip. Errors call it name. Data that ends
// too early is io.ErrUnexpectedEOF, after what could be read.
func Text(name string, r *bufio.Reader) (io.Reader, error) {
	for range layers {
		magic, err := r.Peek(2)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
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
