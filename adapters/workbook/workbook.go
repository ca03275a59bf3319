// Package workbook writes tables as a workbook that Excel and its like open: the
// least of Office Open XML that holds text, numbers, times and a picture.
//
// It is written here because the library for it takes a tenth of every start of the
// program, whatever the command.
package workbook

import (
	"archive/zip"
	"fmt"
	"io"
	"iter"
)

// Sheet is one table of a workbook.
type Sheet struct {
	// Name is what its tab says: at most 31 characters, none of []:*?/\.
	Name string
	// Rows are its cells: a string, an int or a time each. A nil, an empty string and
	// a zero time are no cell. The first row is the head: bold, and always in sight. A
	// string is only ever text, whatever it looks like; what a cell cannot hold is left
	// out of it.
	Rows iter.Seq[[]any]
	// Widths are those of the first columns, in characters; empty leaves them as
	// spreadsheets have them.
	Widths []int
	// Picture stands over the cells; nil is none.
	Picture *Picture
}

// Write writes a workbook of at least one sheet.
func Write(w io.Writer, sheets ...Sheet) error {
	parts := zip.NewWriter(w)
	b := book{parts: parts}
	for i, s := range sheets {
		if err := b.sheet(i+1, s); err != nil {
			return fmt.Errorf("write sheet %s: %w", s.Name, err)
		}
	}
	if err := b.frame(sheets); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	if err := parts.Close(); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return nil
}

// book is a workbook that is being written.
type book struct {
	parts *zip.Writer
}

// part writes one file of the package.
func (b book) part(name string, write func(io.Writer) error) error {
	out, err := b.parts.Create(name)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(out, declaration); err != nil {
		return err
	}
	return write(out)
}

// text writes one file of the package that is known as a whole.
func (b book) text(name, content string) error {
	return b.part(name, func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	})
}
