package playbooks

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/goccy/go-yaml/ast"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// defaultRank is the rank of a playbook that names none.
const defaultRank = 50

var (
	idForm   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`) })
	nameForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`) })
)

// split parts a file into front matter and body and gives the number of the
// body's first line, or reports why it cannot.
func (r *report) split(src []byte) (front, body []byte, bodyLine int, ok bool) {
	const fence = "---\n"
	if !bytes.HasPrefix(src, []byte(fence)) {
		r.add(1, "begin the file with --- and its fields", "the file has no front matter")
		return nil, nil, 0, false
	}
	rest := src[len(fence):]
	end := 0
	if !bytes.HasPrefix(rest, []byte(fence)) {
		i := bytes.Index(rest, []byte("\n"+fence))
		if i < 0 {
			r.add(1, "end the fields with a line of ---", "the front matter has no end")
			return nil, nil, 0, false
		}
		end = i + 1
	}
	front, body = rest[:end], rest[end+len(fence):]
	return front, body, 3 + bytes.Count(front, []byte("\n")), true
}

// head reads the front matter into p.
func (r *report) head(p *Playbook, src []byte) {
	s := strict{r, 1}
	doc := s.document(src)
	if doc == nil {
		return
	}
	p.Rank = defaultRank
	p.Verdicts = []detect.Verdict{detect.InUse, detect.Blocked, detect.Broken}
	seen := s.mapping(doc, fields{
		"id":             func(n ast.Node) { s.id(p, n) },
		"title":          func(n ast.Node) { p.Title = s.text(n) },
		"for":            func(n ast.Node) { p.For, _ = chosen(s, n, "audience", []Audience{Person, Admin}) },
		"families":       func(n ast.Node) { p.Families = several(s, n, "family", useragent.Families()) },
		"protocols":      func(n ast.Node) { p.Protocols = several(s, n, "protocol", detect.Protocols()) },
		"versions":       func(n ast.Node) { p.Versions = s.versions(n) },
		"verdicts":       func(n ast.Node) { p.Verdicts = s.verdicts(n) },
		"authentication": func(n ast.Node) { p.Authentication = several(s, n, "authentication", detect.AuthKinds()) },
		"accounts":       func(n ast.Node) { _, p.Disabled = chosen(s, n, "kind of account", []string{"disabled"}) },
		"rank":           func(n ast.Node) { p.Rank = s.number(n) },
		"topic":          func(n ast.Node) { p.Topic = s.yes(n) },
		"retirement":     func(n ast.Node) { p.Retirement = s.mention(p, "retirement", n) },
		"reviewed":       func(n ast.Node) { p.Reviewed = s.day(n) },
		"review-by":      func(n ast.Node) { p.ReviewBy = s.day(n) },
		"files":          func(n ast.Node) { s.list(n, func(n ast.Node) { s.file(p, n) }) },
		"see":            func(n ast.Node) { s.list(n, func(n ast.Node) { p.See = append(p.See, s.mention(p, "see", n)) }) },
		"sources":        func(n ast.Node) { s.list(n, func(n ast.Node) { s.source(p, n) }) },
	})
	s.require(doc, seen, "id", "title", "for", "reviewed", "review-by", "sources")
	for field, line := range seen {
		p.lines[ref{field, ""}] = line
	}
	if line, ok := seen["sources"]; ok && len(p.Sources) == 0 {
		s.add(line, "name where the facts stand", "there is no source")
	}
	if !p.ReviewBy.IsZero() && p.ReviewBy.Before(p.Reviewed) {
		s.add(seen["review-by"], "set a later day", "review-by is before reviewed")
	}
}

// id checks that the id is the file's name, which p has as its id already.
func (s strict) id(p *Playbook, n ast.Node) {
	switch id := s.text(n); {
	case id == "":
	case !idForm().MatchString(id):
		s.add(s.line(n), "use lower-case letters and digits joined by single dashes", "id %q is not well formed", id)
	case id != p.ID:
		s.add(s.line(n), "rename one of the two", "id %q is not the file's name %q", id, p.ID)
	}
}

func (s strict) versions(n ast.Node) Versions {
	text := s.text(n)
	if text == "" {
		return Versions{}
	}
	v, err := parseVersions(text)
	if err != nil {
		s.add(s.line(n), `write comparisons joined by a space, such as ">=12 <15.6"`, "versions: %v", err)
	}
	return v
}

func (s strict) verdicts(n ast.Node) []detect.Verdict {
	v := several(s, n, "verdict", detect.Verdicts())
	if len(v) == 0 {
		s.add(s.line(n), "name a verdict or leave the field out", "the list of verdicts is empty")
	}
	return v
}

// mention reads an id of something else and keeps the line, for when the
// library is whole.
func (s strict) mention(p *Playbook, field string, n ast.Node) string {
	id := s.text(n)
	if _, twice := p.lines[ref{field, id}]; twice {
		s.add(s.line(n), "keep one of the two", "%s names %q twice", field, id)
	}
	p.lines[ref{field, id}] = s.line(n)
	return id
}

func (s strict) file(p *Playbook, n ast.Node) {
	var f File
	seen := s.mapping(n, fields{
		"name":  func(n ast.Node) { f.Name = s.mention(p, "files", n) },
		"about": func(n ast.Node) { f.About = s.text(n) },
	})
	s.require(n, seen, "name", "about")
	if f.Name != "" && !nameForm().MatchString(f.Name) {
		s.add(s.line(n), "use letters, digits and . _ -", "%q is not a plain file name", f.Name)
		return
	}
	p.Files = append(p.Files, f)
}

func (s strict) source(p *Playbook, n ast.Node) {
	var src Source
	seen := s.mapping(n, fields{
		"title":   func(n ast.Node) { src.Title = s.text(n) },
		"url":     func(n ast.Node) { src.URL = s.address(n) },
		"checked": func(n ast.Node) { src.Checked = s.day(n) },
	})
	s.require(n, seen, "title", "url", "checked")
	p.Sources = append(p.Sources, src)
}

// address reads the https address of a page.
func (s strict) address(n ast.Node) string {
	text := s.text(n)
	if text != "" && hostOf(text) == "" {
		s.add(s.line(n), "write the page's https address", "%q is not an https address", text)
	}
	return text
}

// hostOf gives the host of an https address, and nothing for any other text.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" || strings.ContainsAny(address, " <>\"\\`") {
		return ""
	}
	return strings.ToLower(u.Hostname())
}
