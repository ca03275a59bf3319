package explain

import (
	"slices"
	"strings"
)

// statedCode explains an AADSTS code, or a text that is nothing but a number.
func (l *library) statedCode(p pasted) (Answer, bool) { return l.signIn(p, p.statedCodes()) }

// labeledCode explains a number that the text calls a code or begins with. It is
// tried late: other programs have codes as well, so only a listed one counts.
func (l *library) labeledCode(p pasted) (Answer, bool) {
	codes := p.codesAfter("errorcode", "error code", "error_code", "error_codes", "code", "resulttype", "error")
	if end := digitsEnd(p.words, 0); end >= 5 && standsAlone(p.words, 0, end) {
		codes = append(codes, p.words[:end])
	}
	return l.signIn(p, codes)
}

func (l *library) signIn(p pasted, codes []string) (Answer, bool) {
	for _, code := range codes {
		for _, e := range l.signIns {
			if e.Code == code && e.worded(p.words) {
				return e.answer(), true
			}
		}
	}
	return Answer{}, false
}

func (p pasted) statedCodes() []string {
	if bare := strings.Trim(p.words, ` .,:;"'()[]#`); len(bare) > 0 && len(bare) <= 8 && digitsEnd(bare, 0) == len(bare) {
		if bare == "0" || len(bare) >= 5 {
			return []string{bare}
		}
	}
	return p.codesAfter(stated)
}

// stated is what Microsoft Entra ID writes before a code.
const stated = "aadsts"

// codesAfter finds the numbers of five to eight digits that follow a label, in
// the order of the text. A lone 0 counts where the label says that it is the
// code of an error.
func (p pasted) codesAfter(labels ...string) []string {
	type at struct {
		place int
		code  string
	}
	var found []at
	for _, label := range labels {
		for from := 0; ; {
			i := strings.Index(p.words[from:], label)
			if i < 0 {
				break
			}
			from += i + len(label)
			start := from
			for start < len(p.words) && strings.IndexByte(` :="'[(#`, p.words[start]) >= 0 {
				start++
			}
			end := digitsEnd(p.words, start)
			code := p.words[start:end]
			joined := start == from && label != stated
			if code == "" || joined || start-from > 6 || !standsAlone(p.words[start:], 0, end-start) {
				continue
			}
			zero := code == "0" && (strings.HasPrefix(label, "error") && label != "error" || label == "resulttype")
			if zero || len(code) >= 5 && len(code) <= 8 {
				found = append(found, at{start, code})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b at) int { return a.place - b.place })
	var codes []string
	for _, f := range found {
		if !slices.Contains(codes, f.code) {
			codes = append(codes, f.code)
		}
	}
	return codes
}

func digitsEnd(s string, i int) int {
	for i < len(s) && digit(s[i]) {
		i++
	}
	return i
}
