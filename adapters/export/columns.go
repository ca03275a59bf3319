package export

import (
	"bytes"
	"errors"

	"github.com/go-json-experiment/json/jsontext"
)

// columns says which field each column of a table holds.
type columns struct {
	fields []field // fNone for a column nobody needs
}

var errColumns = errors.New("the columns of the table are not a list of named columns")

// queryColumns reads the columns of a query API table.
func queryColumns(array []byte) (*columns, error) {
	r := jsontext.NewDecoder(bytes.NewReader(array), lenient...)
	if err := r.SkipValue(); err != nil {
		return nil, errColumns
	}
	names := [4]string{"name", "columnname"}
	var d decoder
	d.strings = newInterner()
	var header []string
	elements(array, func(v value) bool {
		name := ""
		if v.kind == vObject {
			got, _ := d.pick(v.raw, &names)
			if name = d.text(got[0]); name == "" {
				name = d.text(got[1])
			}
		}
		header = append(header, name)
		return true
	})
	return workspaceColumns(header)
}
