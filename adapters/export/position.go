package export

import "bytes"

// position is a place in the text of an input.
type position struct{ offset, line, column int64 }

var start = position{line: 1, column: 1}

// after gives the place that follows text when text starts at p.
func (p position) after(text []byte) position {
	p.offset += int64(len(text))
	last := bytes.LastIndexByte(text, '\n')
	if last < 0 {
		p.column += int64(len(text))
		return p
	}
	p.line += int64(bytes.Count(text, []byte{'\n'}))
	p.column = int64(len(text) - last)
	return p
}

func (p position) rowError(cause error) RowError {
	return RowError{Line: p.line, Column: p.column, Offset: p.offset, Cause: cause}
}

func (e RowError) syntax(name string) *SyntaxError {
	return &SyntaxError{Name: name, Line: e.Line, Column: e.Column, Offset: e.Offset, Cause: e.Cause}
}
