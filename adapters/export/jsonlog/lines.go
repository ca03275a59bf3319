package jsonlog

import (
	"bytes"
	"errors"

	"legacyauth/adapters/export/flow"
	"legacyauth/detect/logrow"
	"legacyauth/detect/logrow/rawjson"
)

// Lines decodes JSON lines. A broken line is skipped.
func Lines(j *flow.Job, out *flow.Outlet) {
	data, i := j.Data, 0
	for i < len(data) {
		end := len(data)
		if n := bytes.IndexByte(data[i:], '\n'); n >= 0 {
			end = i + n
		}
		line := data[i:end]
		if rawjson.Space(line, 0) < len(line) {
			ok, err := out.Decoder.Row(line, out.Slot())
			switch {
			case ok:
				if !out.Keep() {
					return
				}
			case err != nil:
				e := j.Locate(i, err)
				if j.Last && end == len(data) && cut(err) {
					out.Tally.Cut = &e
				} else {
					out.Tally.Skip(e)
				}
			}
		}
		i = end + 1
	}
	out.Flush(nil)
}

func cut(err error) bool {
	var fault *logrow.Fault
	return errors.As(err, &fault) && fault.Cut
}

// AreLines tells JSON lines from other JSON that starts with an object: its first
// line is an object by itself and no envelope, or, if that line is broken, most
// of the other lines are. Head is the start of a text, whole says that it is all
// of it.
func AreLines(head []byte, whole bool) bool {
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
		if rawjson.Space(line, 0) == len(line) {
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
	i := rawjson.Space(line, 0)
	if line[i] != '{' || rawjson.Skip(line, i, 0) < 0 {
		return false
	}
	names := [4]string{"value", "records", "tables"}
	got, ok := rawjson.Pick(line[i:], &names)
	for _, v := range got {
		if v.Kind == rawjson.Array {
			return false
		}
	}
	return ok
}
