package playbooks

import (
	"bytes"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// parse reads one playbook. What it gives is whole only if r has no problems.
func (r *report) parse(src []byte) *Playbook {
	said := &content{files: map[string][]byte{}}
	p := &Playbook{ID: strings.TrimSuffix(path.Base(r.file), ".md"), file: r.file, lines: map[ref]int{}, content: func() *content { return said }}
	src, ok := r.clean(src)
	if !ok {
		return p
	}
	head, rest, line, ok := r.split(src)
	if !ok {
		return p
	}
	r.head(p, head)
	b := body{report: r, src: rest, above: line - 1, sources: p.Sources}
	said.sections, p.dates = b.sections(), b.dates
	return p
}

// clean gives src with plain line ends, and reports bytes and characters that
// nobody could see in review.
func (r *report) clean(src []byte) ([]byte, bool) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	before := len(r.problems)
	line := 1
	for i := 0; i < len(src); {
		c, size := utf8.DecodeRune(src[i:])
		switch {
		case ' ' <= c && c <= '~': // nearly all of them, at every start of the program
		case c == utf8.RuneError && size == 1:
			r.add(line, "save the file as UTF-8", "byte %#x is not UTF-8", src[i])
		case c == '\n':
			line++
		case c == '\t':
		case unicode.IsControl(c) || unicode.In(c, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp):
			r.add(line, "remove it", "a character that cannot be seen, %U", c)
		}
		i += size
	}
	return src, len(r.problems) == before
}
