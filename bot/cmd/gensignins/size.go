package main

import (
	"fmt"
	"strconv"
	"strings"
)

// size is a number of bytes, written with a unit: kB, MB and GB are powers of
// 1,000, KiB, MiB and GiB of 1,024.
type size int64

var units = []struct {
	name  string
	bytes float64
}{
	{"kib", 1 << 10}, {"mib", 1 << 20}, {"gib", 1 << 30}, {"kb", 1e3}, {"mb", 1e6}, {"gb", 1e9}, {"tb", 1e12}, {"b", 1}, {"", 1},
}

// UnmarshalText reads a size such as "10GB".
func (s *size) UnmarshalText(text []byte) error {
	word := strings.ToLower(strings.TrimSpace(string(text)))
	for _, u := range units {
		number, ok := strings.CutSuffix(word, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if err != nil || !(n >= 0 && n*u.bytes <= 1e18) {
			return fmt.Errorf("%q is no size: write a number and a unit, such as 500MB or 10GB", text)
		}
		*s = size(n * u.bytes)
		return nil
	}
	return nil
}
