package explain

import "strings"

// reply is an SMTP reply code with its enhanced status code, as in "535 5.7.139".
type reply struct {
	code, status string // code is empty when none stands before the status
	start, end   int    // where both stand in the line
}

func (r reply) String() string { return strings.TrimSpace(r.code + " " + r.status) }

// covers says whether r, the code of an entry, stands for a reply. An entry
// without a reply code stands for every one, but not for a bare status code,
// which can as well be the version of some program.
func (r reply) covers(got reply) bool {
	switch {
	case r.status != got.status:
		return false
	case r.code == "":
		return got.code != ""
	}
	return got.code == "" || got.code == r.code
}

// replies finds the enhanced status codes in a folded line, and the reply code
// before each. Only failures count (classes 4 and 5), with a subject of 0 to 7
// as RFC 3463 has them, so that addresses and version numbers stay out.
func replies(s string) []reply {
	var found []reply
	for i := 0; i < len(s); i++ {
		if s[i] != '4' && s[i] != '5' {
			continue
		}
		end := statusEnd(s, i)
		if end < 0 || !standsAlone(s, i, end) || i > 0 && (s[i-1] == '/' || s[i-1] == '_') {
			continue
		}
		r := reply{status: s[i:end], start: i, end: end}
		if j := codeEnd(s[:i]); j > 0 {
			r.code, r.start = s[j-3:j], j-3
		}
		found = append(found, r)
		i = end
	}
	return found
}

// statusEnd gives the end of the status code that starts at i, or -1.
func statusEnd(s string, i int) int {
	if i+4 >= len(s) || s[i+1] != '.' || s[i+2] < '0' || s[i+2] > '7' || s[i+3] != '.' {
		return -1
	}
	end := i + 4
	for end < len(s) && digit(s[end]) && end < i+7 {
		end++
	}
	if end == i+4 {
		return -1
	}
	return end
}

// codeEnd gives the end of a reply code at the end of s, or -1. Between it and
// the status code stand a space, a hyphen, or the quotes of a programming
// language, as in (535, b'5.7.139 …').
func codeEnd(s string) int {
	j := len(strings.TrimRight(s, " -,'\"#b("))
	if j < 3 || len(s)-j > 6 || len(s) == j {
		return -1
	}
	c := s[j-3 : j]
	if (c[0] != '4' && c[0] != '5') || c[1] < '0' || c[1] > '5' || !digit(c[2]) || !standsAlone(s, j-3, j) {
		return -1
	}
	return j
}
