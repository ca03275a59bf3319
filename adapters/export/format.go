package export

import (
	"bytes"
	"fmt"

	"legacyauth/adapters/export/jsonlog"
	"legacyauth/adapters/export/tables"
	"legacyauth/detect/logrow/rawjson"
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
	i := rawjson.Space(head, 0)
	if i == len(head) {
		return 0, fmt.Errorf("%s is empty; the download may have failed", name)
	}
	switch head[i] {
	case '{':
		if jsonlog.AreLines(head, whole) {
			return formatLines, nil
		}
		return formatJSON, nil
	case '[':
		return formatJSON, nil
	case '<':
		return 0, &tables.Refusal{What: "a web page or XML", Instead: tables.ExportInstead}
	}
	if bytes.IndexByte(head[:min(len(head), 1024)], 0) >= 0 {
		return 0, &tables.Refusal{What: "not text", Instead: "give CSV or JSON, plain or as gzip or zip"}
	}
	return formatCSV, nil
}
