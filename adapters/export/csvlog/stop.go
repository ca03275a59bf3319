package csvlog

import (
	"encoding/binary"
	"math/bits"
)

// stop gives the index of the comma or line end at or after i, the end of the
// text when there is none. Cells are short and there are fifty in a record, so
// eight bytes are looked at at a time.
func stop(text []byte, i int, comma byte) int {
	const (
		ones  = 0x0101010101010101
		highs = 0x8080808080808080
	)
	commas := ones * uint64(comma)
	for ; i+8 <= len(text); i += 8 {
		x := binary.LittleEndian.Uint64(text[i:])
		c, n := x^commas, x^ones*'\n' // zero where one of them is
		if found := ((c-ones)&^c | (n-ones)&^n) & highs; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for i < len(text) && text[i] != comma && text[i] != '\n' {
		i++
	}
	return i
}
