package data

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Header is what the comment lines at the top of a table say about it. All
// three are required.
type Header struct {
	Source  string // where the rows come from
	License string // the terms they stand under
	Date    string // the day they were last refreshed, 2006-01-02
}

// read decodes a table: comment lines with the header, one line of column
// names that must be exactly columns, then one row per line. An error names
// the file and the line.
func read(name, text string, columns []string, row func(fields []string) error) (Header, error) {
	head, err := readHeader(name, text)
	if err != nil {
		return head, err
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comment = '#'
	r.ReuseRecord = true
	r.FieldsPerRecord = -1
	for first := true; ; first = false {
		fields, err := r.Read()
		if err == io.EOF {
			if first {
				return head, fmt.Errorf("%s: no line of column names", name)
			}
			return head, nil
		}
		if err != nil {
			return head, fmt.Errorf("%s: %w", name, err)
		}
		line, _ := r.FieldPos(0)
		switch {
		case first && !slices.Equal(fields, columns):
			return head, fmt.Errorf("%s:%d: columns are %q, want %q", name, line, fields, columns)
		case len(fields) != len(columns):
			return head, fmt.Errorf("%s:%d: %d fields, want %d", name, line, len(fields), len(columns))
		case !first:
			if err := row(fields); err != nil {
				return head, fmt.Errorf("%s:%d: %w", name, line, err)
			}
		}
	}
}

func readHeader(name, text string) (Header, error) {
	var head Header
	line := 0
	for text != "" && text[0] == '#' {
		var comment string
		comment, text, _ = strings.Cut(text, "\n")
		line++
		key, value, ok := strings.Cut(strings.TrimPrefix(comment, "# "), ": ")
		if !ok {
			continue
		}
		switch key {
		case "Source":
			head.Source = value
		case "License":
			head.License = value
		case "Date":
			head.Date = value
		default:
			return head, fmt.Errorf("%s:%d: unknown header line %q", name, line, key)
		}
	}
	if head.Source == "" || head.License == "" || !isDate(head.Date) {
		return head, fmt.Errorf("%s: the comment lines at the top must give Source, License and Date (2006-01-02)", name)
	}
	return head, nil
}

// write is the inverse of read.
func write(w io.Writer, head Header, columns []string, rows [][]string) error {
	if _, err := fmt.Fprintf(w, "# Source: %s\n# License: %s\n# Date: %s\n", head.Source, head.License, head.Date); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	if err := c.Write(columns); err != nil {
		return err
	}
	if err := c.WriteAll(rows); err != nil {
		return err
	}
	return c.Error()
}

// isDate says whether s has the shape of a day, 2006-01-02.
func isDate(s string) bool {
	if len(s) != len("2006-01-02") {
		return false
	}
	for i := range len(s) {
		dash := i == 4 || i == 7
		if dash != (s[i] == '-') || !dash && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}
