package playbooks

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// strict reads YAML into fields one by one, so that it can report every problem
// with its line where a decoder would stop at the first. Only plain values,
// lists and mappings are allowed: no anchors, tags or merge keys.
type strict struct {
	*report
	above int // lines of the file that stand above the YAML
}

// fields says how to read each field of a mapping; any other is a problem.
type fields map[string]func(ast.Node)

// document gives the only document in src, or nil after reporting why there is
// none.
func (s strict) document(src []byte) ast.Node {
	const fix = "correct the YAML; quote text that holds : # > or other marks"
	file, err := parser.ParseBytes(src, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		line := s.above + 1
		var at yaml.Error
		if errors.As(err, &at) {
			if token := at.GetToken(); token != nil && token.Position != nil {
				line = s.above + token.Position.Line
			}
			s.add(line, fix, "%s", at.GetMessage())
			return nil
		}
		s.add(line, fix, "not valid YAML")
		return nil
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		s.add(s.above+1, "write one YAML document", "it holds %d YAML documents", len(file.Docs))
		return nil
	}
	return file.Docs[0].Body
}

func (s strict) line(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return s.above + 1
	}
	return s.above + n.GetToken().Position.Line
}

// mapping reads the fields of n and gives the line each stands in.
func (s strict) mapping(n ast.Node, known fields) map[string]int {
	seen := map[string]int{}
	var pairs []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	default:
		s.add(s.line(n), "write fields as name: value", "a mapping is expected here")
		return seen
	}
	for _, pair := range pairs {
		line := s.line(pair.Key)
		name := ""
		if key, ok := pair.Key.(*ast.StringNode); ok {
			name = key.Value
		}
		read, ok := known[name]
		if !ok {
			s.add(line, oneOf(name, slices.Sorted(maps.Keys(known))), "unknown field %q", name)
			continue
		}
		if first, ok := seen[name]; ok {
			s.add(line, "keep one of the two", "field %q stands in line %d already", name, first)
			continue
		}
		seen[name] = line
		read(pair.Value)
	}
	return seen
}

// require reports the fields that are missing from a mapping.
func (s strict) require(n ast.Node, seen map[string]int, names ...string) {
	for _, name := range names {
		if _, ok := seen[name]; !ok {
			s.add(s.line(n), "add "+name+":", "field %q is missing", name)
		}
	}
}

// list reads each entry of n, which may have none.
func (s strict) list(n ast.Node, entry func(ast.Node)) {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		s.add(s.line(n), "write [a, b] or one entry a line after a dash", "a list is expected here")
		return
	}
	for _, n := range seq.Values {
		entry(n)
	}
}

// text reads words into one line; empty text is a problem.
func (s strict) text(n ast.Node) string {
	var text string
	switch n := n.(type) {
	case *ast.StringNode:
		text = n.Value
	case *ast.LiteralNode:
		text = n.Value.Value
	default:
		s.add(s.line(n), "put it in quotes", "text is expected here")
		return ""
	}
	text = strings.Join(strings.Fields(text), " ")
	switch {
	case text == "":
		s.add(s.line(n), "write some text", "the text is empty")
	case strings.Contains(text, "{{"):
		s.add(s.line(n), "move it to the sections below", "a placeholder cannot stand here")
	}
	return text
}

func (s strict) number(n ast.Node) int {
	if n, ok := n.(*ast.IntegerNode); ok {
		if v, err := strconv.Atoi(n.GetToken().Value); err == nil {
			return v
		}
	}
	s.add(s.line(n), "write digits only", "a whole number is expected here")
	return 0
}

func (s strict) yes(n ast.Node) bool {
	if n, ok := n.(*ast.BoolNode); ok {
		return n.Value
	}
	s.add(s.line(n), "write true or false", "true or false is expected here")
	return false
}

// day reads a date of this century as midnight UTC.
func (s strict) day(n ast.Node) time.Time {
	if n, ok := n.(*ast.StringNode); ok {
		if day, err := time.Parse(time.DateOnly, n.Value); err == nil && day.Year() >= 2000 {
			return day
		}
	}
	s.add(s.line(n), "write it as YYYY-MM-DD", "a date is expected here")
	return time.Time{}
}

// chosen reads a word that is one of a closed set, and reports any other.
func chosen[T ~string](s strict, n ast.Node, what string, among []T) (T, bool) {
	words := make([]string, len(among))
	for i, w := range among {
		words[i] = string(w)
	}
	word := s.text(n)
	if word == "" || slices.Contains(words, word) {
		return T(word), word != ""
	}
	s.add(s.line(n), oneOf(word, words), "unknown %s %q", what, word)
	return "", false
}

// several reads a list of words of a closed set, each at most once.
func several[T ~string](s strict, n ast.Node, what string, among []T) []T {
	var words []T
	s.list(n, func(n ast.Node) {
		w, ok := chosen(s, n, what, among)
		if ok && slices.Contains(words, w) {
			s.add(s.line(n), "keep one of the two", "%s %q stands in the list already", what, w)
		} else if ok {
			words = append(words, w)
		}
	})
	return words
}
