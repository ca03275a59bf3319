package flow

import "bytes"

// Position is a place in the text of an input: Offset counts bytes from 0, Line
// and Column count from 1, Column in bytes of the line.
type Position struct{ Offset, Line, Column int64 }

// Start is where a text starts.
func Start() Position { return Position{Line: 1, Column: 1} }

// After gives the place that follows text when text starts at p.
func (p Position) After(text []byte) Position {
	p.Offset += int64(len(text))
	last := bytes.LastIndexByte(text, '\n')
	if last < 0 {
		p.Column += int64(len(text))
		return p
	}
	p.Line += int64(bytes.Count(text, []byte{'\n'}))
	p.Column = int64(len(text) - last)
	return p
}

// Error says that the row at p is broken by cause.
func (p Position) Error(cause error) RowError {
	return RowError{Line: p.Line, Column: p.Column, Offset: p.Offset, Cause: cause}
}
