package config

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// decode reads the file strictly: a field nobody knows, a field that stands
// there twice and a second document are each an *Error with their line.
func decode(path string, data []byte) (Config, error) {
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return Config{}, refused(path, 1, err, Config{})
	}
	root, err := only(path, file)
	if err != nil {
		return Config{}, err
	}
	var c Config
	if err := yaml.UnmarshalWithOptions(data, &c, yaml.Strict()); err != nil {
		return Config{}, refused(path, 1, err, Config{})
	}
	if len(c.Tenants) == 0 {
		return Config{}, &Error{File: path, Line: 1, What: "It names no tenant.", Do: "Add one under tenants; `legacyauth entra-app` prints the lines, and one whose exports land in a folder needs name: and folder: alone."}
	}
	c.lines = linesIn(root)
	c.slackLines = linesOf(root, "slack")
	c.retentionLines, c.peopleLines = linesUnder(root, "retention"), linesUnder(root, "people")
	c.ownerLines = linesOf(root, "owners")
	for i, lines := range linesOf(root, "tenants") {
		if i < len(c.Tenants) {
			c.Tenants[i].lines = lines
		}
	}
	return c, nil
}

// only gives the one document of the file.
func only(path string, file *ast.File) (ast.Node, error) {
	var root ast.Node
	for _, d := range file.Docs {
		switch {
		case d.Body == nil:
		case root != nil:
			return nil, &Error{
				File: path, Line: lineOf(d.Body.GetToken(), 1), What: "A second YAML document begins here, after a line with ---.",
				Do: "Take that line out, and list every tenant under the one word tenants.",
			}
		default:
			root = d.Body
		}
	}
	return root, nil
}

// linesUnder gives the line of each field under one of the file's.
func linesUnder(root ast.Node, field string) map[string]int {
	at, err := yaml.PathString("$." + field)
	if err != nil || root == nil {
		return nil
	}
	node, err := at.FilterNode(root)
	if err != nil {
		return nil
	}
	return linesIn(node)
}

// linesIn gives the line of each field of the file itself.
func linesIn(root ast.Node) map[string]int {
	pairs, ok := root.(ast.MapNode)
	if !ok {
		return nil
	}
	lines := map[string]int{}
	for each := pairs.MapRange(); each.Next(); {
		key := each.Key().GetToken()
		lines[key.Value] = lineOf(key, 1)
	}
	return lines
}

// linesOf gives, for each item of a list in the file, the line of each of its
// fields; that of "" is where the item begins.
func linesOf(root ast.Node, field string) []map[string]int {
	at, err := yaml.PathString("$." + field)
	if err != nil || root == nil {
		return nil
	}
	node, err := at.FilterNode(root)
	list, ok := node.(*ast.SequenceNode)
	if err != nil || !ok {
		return nil
	}
	all := make([]map[string]int, len(list.Values))
	for i, item := range list.Values {
		all[i] = map[string]int{"": lineOf(item.GetToken(), 1)}
		pairs, ok := item.(ast.MapNode)
		if !ok {
			continue
		}
		for each, first := pairs.MapRange(), true; each.Next(); first = false {
			key := each.Key().GetToken()
			all[i][key.Value] = lineOf(key, 1)
			if first {
				all[i][""] = all[i][key.Value]
			}
		}
	}
	return all
}

func lineOf(t *token.Token, otherwise int) int {
	if t == nil || t.Position == nil {
		return otherwise
	}
	return t.Position.Line
}

// refused puts an error of the YAML reader into words. The reader's own text
// names Go types, so it is used for faults of the form alone. Part is what was
// being read, for the names of its fields.
func refused(path string, line int, err error, part any) *Error {
	var wrong *Error
	if errors.As(err, &wrong) {
		wrong.File = cmp.Or(wrong.File, path)
		return wrong
	}
	var located yaml.Error
	e := &Error{File: path, Line: line, What: "This is not YAML that can be read.", Do: "Compare it with the sample in README.md.", cause: err}
	if !errors.As(err, &located) {
		return e
	}
	e.Line = lineOf(located.GetToken(), line)
	var unknown *yaml.UnknownFieldError
	var kind *yaml.TypeError
	var node *yaml.UnexpectedNodeTypeError
	switch {
	case errors.As(err, &unknown):
		e.What, e.Do = sentence(unknown.Message), "The fields known here are "+strings.Join(fields(part), ", ")+"."
	case strings.Contains(located.GetMessage(), "already defined"):
		e.What, e.Do = "This field stands here twice.", "Keep one of the two."
	case errors.As(err, &kind):
		e.What, e.Do = "What stands here is not of the kind that belongs here.", expected(kind.DstType)
	case errors.As(err, &node):
		e.What, e.Do = "What stands here is not of the kind that belongs here.", expectedNode(node.Expected)
	default:
		e.What = "This is not YAML: " + strings.TrimSuffix(located.GetMessage(), ".") + "."
		e.Do = "Look at this line and the one above: indent with spaces, never tabs, put a space after each colon, and close every quotation mark."
	}
	return e
}

// expected says what a field of a type takes.
func expected(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[Place]():
		return "Write env: NAME or file: PATH under it: the place of a secret, never the secret itself."
	case t.Kind() == reflect.Slice:
		return "A list belongs here: one item on each line, after a hyphen and a space."
	case t.Kind() == reflect.Struct:
		return "Write its fields under it, indented: " + strings.Join(fields(reflect.Zero(t).Interface()), ", ") + "."
	case t.Kind() == reflect.Bool:
		return "Write true or false."
	case t.Kind() == reflect.Int:
		return "A whole number belongs here."
	}
	return "A word or a text belongs here; put it in quotation marks if it has signs that YAML reads as something else."
}

// expectedNode says what a part of the file takes, where no more is known of it
// than its form.
func expectedNode(n ast.NodeType) string {
	if n == ast.SequenceType {
		return "A list belongs here: one item on each line, after a hyphen and a space."
	}
	return "Fields belong under it, indented, each as name: value; for a secret they are env: NAME or file: PATH, its place, never the secret itself."
}

// fields are the names that a part of the file knows, each with those below it.
func fields(part any) []string {
	return fieldsOf(reflect.TypeOf(part), true)
}

func fieldsOf(t reflect.Type, deeper bool) []string {
	var names []string
	for i := range t.NumField() {
		field := t.Field(i)
		name := field.Tag.Get("yaml")
		if name == "" {
			continue
		}
		inner := field.Type
		if inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice && inner.Elem() != reflect.TypeFor[Tenant]() {
			inner = inner.Elem()
		}
		if deeper && inner.Kind() == reflect.Struct {
			name += " (" + strings.Join(fieldsOf(inner, false), ", ") + ")"
		}
		names = append(names, name)
	}
	return names
}

// sentence makes one of the reader's messages a sentence.
func sentence(message string) string {
	if message == "" {
		return ""
	}
	return fmt.Sprintf("%s%s.", strings.ToUpper(message[:1]), strings.TrimSuffix(message[1:], "."))
}
