package data

import (
	"cmp"
	"strconv"
)

// Number is an Apple build number taken apart: 19G71 is {19, 'G', 71, 0} and
// the beta 24A5390f is {24, 'A', 5390, 'f'}. Numbers compare with ==.
type Number struct {
	Major  int
	Letter byte // 'A' to 'Z'
	// Count is the number after the letter. It is 0 in the row of a table that
	// stands for every build with that major number and letter.
	Count  int
	Suffix byte // 'a' to 'z' in betas and security responses, otherwise 0
}

// maxCount is far above any build Apple has made (23D771330a is the longest).
const maxCount = 99_999_999

// ParseNumber reads a build number as Apple writes it. It says false for
// anything else, and for a letter without a number; see ParseLetter.
func ParseNumber(s string) (Number, bool) {
	n, rest, ok := cutLetter(s)
	if !ok || rest == "" {
		return Number{}, false
	}
	if last := rest[len(rest)-1]; last >= 'a' && last <= 'z' {
		n.Suffix = last
		rest = rest[:len(rest)-1]
	}
	n.Count, ok = digits(rest, maxCount)
	return n, ok && n.Count > 0
}

// ParseLetter reads a row that stands for a whole letter, such as 21G.
func ParseLetter(s string) (Number, bool) {
	n, rest, ok := cutLetter(s)
	return n, ok && rest == ""
}

// Compare orders numbers by their parts, from the left.
func (n Number) Compare(other Number) int {
	switch {
	case n.Major != other.Major:
		return cmp.Compare(n.Major, other.Major)
	case n.Letter != other.Letter:
		return cmp.Compare(n.Letter, other.Letter)
	case n.Count != other.Count:
		return cmp.Compare(n.Count, other.Count)
	}
	return cmp.Compare(n.Suffix, other.Suffix)
}

// String gives the number as Apple writes it.
func (n Number) String() string {
	b := strconv.AppendInt(make([]byte, 0, 16), int64(n.Major), 10)
	b = append(b, n.Letter)
	if n.Count > 0 {
		b = strconv.AppendInt(b, int64(n.Count), 10)
	}
	if n.Suffix != 0 {
		b = append(b, n.Suffix)
	}
	return string(b)
}

func cutLetter(s string) (n Number, rest string, ok bool) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == len(s) || s[i] < 'A' || s[i] > 'Z' {
		return Number{}, "", false
	}
	major, ok := digits(s[:i], 99)
	return Number{Major: major, Letter: s[i]}, s[i+1:], ok && major > 0
}

func digits(s string, most int) (int, bool) {
	if s == "" {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		if n = n*10 + int(s[i]-'0'); n > most {
			return 0, false
		}
	}
	return n, true
}
