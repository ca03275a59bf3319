package export

import (
	"bytes"
	"fmt"
)

// sniffSize is how much of an input is looked at to find out what it is.
const sniffSize = 256 << 10

// format is how an input is read.
type format uint8

const (
	formatCSV format = iota
	formatLines
	formatJSON
)

// sniff finds the format from the start of a text; whole says that head is all
// of it.
func sniff(name string, head []byte, whole bool) (format, error) {
	i := space(head, 0)
	if i == len(head) {
		return 0, fmt.Errorf("%s is empty; the download may have failed", name)
	}
	switch head[i] {
	case '{':
		if isLines(head, whole) {
			return formatLines, nil
		}
		return formatJSON, nil
	case '[':
		return formatJSON, nil
	case '<':
		return 0, &WrongTableError{Name: name, What: "a web page or XML", Instead: exportInstead}
	}
	if bytes.IndexByte(head[:min(len(head), 1024)], 0) >= 0 {
		return 0, &WrongTableError{Name: name, What: "not text", Instead: "give CSV or JSON, plain or as gzip or zip"}
	}
	return formatCSV, nil
}

// isLines tells JSON lines from other JSON that starts with an object: its first
// line is an object by itself and no envelope, or, if that line is broken, most
// of the other lines are.
func isLines(head []byte, whole bool) bool {
	rest := head
	first, lines, good := true, 0, 0
	for len(rest) > 0 {
		end := bytes.IndexByte(rest, '\n')
		if end < 0 && !whole {
			break
		}
		line := rest
		if end >= 0 {
			line, rest = rest[:end], rest[end+1:]
		} else {
			rest = nil
		}
		if space(line, 0) == len(line) {
			continue
		}
		ok := isRow(line)
		if first && ok {
			return true
		}
		first = false
		lines++
		if ok {
			good++
		}
	}
	return lines > 0 && 2*good >= lines
}

func isRow(line []byte) bool {
	i := space(line, 0)
	if line[i] != '{' || skip(line, i, 0) < 0 {
		return false
	}
	names := [4]string{"value", "records", "tables"}
	got, ok := pickFast(bytes.TrimSpace(line), &names)
	if !ok {
		got, ok = pickExact(line, &names)
	}
	for _, v := range got {
		if v.kind == vArray {
			return false
		}
	}
	return ok
}
