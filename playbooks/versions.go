package playbooks

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Versions is a range of versions, such as ">=12 <15.6". The zero value matches
// every version, also one that is not known.
type Versions struct {
	text   string
	bounds []bound
}

type bound struct {
	op      string
	version []int
}

// String gives the range as written.
func (v Versions) String() string { return v.text }

// Any says whether v sets no bound.
func (v Versions) Any() bool { return len(v.bounds) == 0 }

// Match says whether a version is in the range. Versions are compared number by
// number ("15.10" is after "15.6"), and a number that is missing counts as 0. A
// version with nothing after the first number ("15") stands for every release
// of it, since that is how a log names one it knows no more of; it matches only
// if all of them do. A version that is empty or not made of numbers matches
// only a range without bounds.
func (v Versions) Match(version string) bool {
	if v.Any() {
		return true
	}
	lowest := numbers(version)
	if lowest == nil {
		return false
	}
	highest := lowest
	if len(lowest) == 1 {
		highest = []int{lowest[0], maxPart}
	}
	for _, b := range v.bounds {
		if !b.admits(lowest) || !b.admits(highest) {
			return false
		}
	}
	return true
}

func (b bound) admits(version []int) bool {
	c := compare(version, b.version)
	switch b.op {
	case ">=":
		return c >= 0
	case ">":
		return c > 0
	case "<=":
		return c <= 0
	case "<":
		return c < 0
	}
	return c == 0
}

func parseVersions(s string) (Versions, error) {
	v := Versions{text: s}
	for word := range strings.FieldsSeq(s) {
		b := bound{op: word[:len(word)-len(strings.TrimLeft(word, "<>="))]}
		if !slices.Contains([]string{">=", ">", "<=", "<", "="}, b.op) {
			return v, fmt.Errorf("%q does not begin with >=, >, <=, < or =", word)
		}
		number := word[len(b.op):]
		b.version = numbers(number)
		if b.version == nil || strings.Trim(number, "0123456789.") != "" {
			return v, fmt.Errorf("%q is not a version of numbers and dots", number)
		}
		v.bounds = append(v.bounds, b)
	}
	if v.Any() {
		return v, fmt.Errorf("it sets no bound")
	}
	return v, nil
}

// maxPart is larger than any number of a real version.
const maxPart = 1 << 30

// numbers gives the numbers of a version and leaves out what follows them, such
// as a build in parentheses; nil if it does not begin with a number.
func numbers(version string) []int {
	end := 0
	for end < len(version) && (version[end] == '.' || version[end] >= '0' && version[end] <= '9') {
		end++
	}
	var parts []int
	for part := range strings.SplitSeq(strings.Trim(version[:end], "."), ".") {
		n, err := strconv.Atoi(part)
		if err != nil || n > maxPart {
			return nil
		}
		parts = append(parts, n)
	}
	return parts
}

func compare(a, b []int) int {
	for i := range max(len(a), len(b)) {
		var x, y int
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			return x - y
		}
	}
	return 0
}
