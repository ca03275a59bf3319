package data

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Model is one row of the model table: the name a person knows a device by.
type Model struct {
	Identifier string // "iPhone12,1"
	Name       string // "iPhone 11"
	Source     string // "device list", "sofa" or "appledb"
}

var modelColumns = []string{"identifier", "name", "source"}

// ReadModels decodes a table of models. The name stands in errors, before the
// line. An identifier may stand once.
func ReadModels(name, text string) ([]Model, Header, error) {
	seen := make(map[string]bool)
	var models []Model
	head, err := read(name, text, modelColumns, func(f []string) error {
		m := Model{Identifier: f[0], Name: f[1], Source: f[2]}
		switch {
		case !IsIdentifier(m.Identifier):
			return fmt.Errorf("identifier %q is not of the form iPhone12,1", m.Identifier)
		case m.Name == "" || m.Source == "":
			return fmt.Errorf("%s has no name or no source", m.Identifier)
		case seen[m.Identifier]:
			return fmt.Errorf("%s stands twice", m.Identifier)
		}
		seen[m.Identifier] = true
		models = append(models, m)
		return nil
	})
	return models, head, err
}

// WriteModels writes a table of models in the order of their identifiers.
func WriteModels(w io.Writer, head Header, models []Model) error {
	models = slices.Clone(models)
	slices.SortFunc(models, func(a, b Model) int {
		return slices.Compare(identifierKey(a.Identifier), identifierKey(b.Identifier))
	})
	rows := make([][]string, len(models))
	for i, m := range models {
		rows[i] = []string{m.Identifier, m.Name, m.Source}
	}
	return write(w, head, modelColumns, rows)
}

// IsIdentifier says whether s is the identifier of an iPhone, iPad or iPod:
// the kind, two numbers and a comma between them.
func IsIdentifier(s string) bool {
	for _, kind := range []string{"iPhone", "iPad", "iPod"} {
		if rest, ok := strings.CutPrefix(s, kind); ok {
			major, minor, _ := strings.Cut(rest, ",")
			_, okMajor := digits(major, 999)
			_, okMinor := digits(minor, 999)
			return okMajor && okMinor
		}
	}
	return false
}

// identifierKey puts iPhone2,1 before iPhone10,1.
func identifierKey(s string) []int {
	kind := strings.TrimRight(s, "0123456789,")
	major, minor, _ := strings.Cut(s[len(kind):], ",")
	a, _ := strconv.Atoi(major)
	b, _ := strconv.Atoi(minor)
	return []int{len(kind), int(kind[len(kind)-1]), a, b}
}
