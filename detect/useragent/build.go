package useragent

import (
	"strings"

	"legacyauth/detect/useragent/data"
)

// fromExchange reads the form in which an ActiveSync agent carries a build:
// major number, letter as two digits, a dot, and the number; 1907.71 is 19G71.
// A letter at the end becomes 000 and two digits: 2401.539000006 is 24A5390f.
//
// https://support.apple.com/guide/deployment/dep7af5d7f84/web,
// https://forums.developer.apple.com/thread/99522, read 2026-11-22.
func fromExchange(s string) (data.Number, bool) {
	head, tail, ok := strings.Cut(s, ".")
	if !ok || len(head) < 3 || len(head) > 4 {
		return data.Number{}, false
	}
	tail = tail[:leadingDigits(tail)]
	var n data.Number
	if n.Major, ok = number(head[:len(head)-2]); !ok || n.Major == 0 {
		return data.Number{}, false
	}
	place, ok := number(head[len(head)-2:])
	if !ok || place < 1 || place > 26 {
		return data.Number{}, false
	}
	n.Letter = byte('A' + place - 1)
	if len(tail) > 5 && tail[len(tail)-5:len(tail)-2] == "000" {
		if place, _ := number(tail[len(tail)-2:]); place >= 1 && place <= 26 {
			n.Suffix = byte('a' + place - 1)
			tail = tail[:len(tail)-5]
		}
	}
	n.Count, ok = number(tail)
	return n, ok && n.Count > 0
}

// number reads a short run of digits; it says false for anything longer than
// any number in an Apple build.
func number(s string) (int, bool) {
	if s == "" || len(s) > 8 {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// leadingDigits counts the digits that s begins with.
func leadingDigits(s string) int {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}
