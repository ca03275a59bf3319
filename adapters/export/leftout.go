package export

import (
	"errors"
	"sync/atomic"

	"legacyauth/adapters/export/tables"
)

// folder is where several inputs were found.
type folder struct {
	files   int64
	leftOut atomic.Int64
}

// leaveOut turns the refusal of an input that was found in a folder and is
// plainly no log into a note, unless the whole folder holds nothing else.
func (f *folder) leaveOut(r *Report, err error) error {
	wrong := noLog(err)
	if f == nil || wrong == nil || f.leftOut.Add(1) == f.files {
		return err
	}
	r.Notes = append(r.Notes, "left out: it holds "+wrong.What)
	return nil
}

// noLog gives the refusal of what lies beside logs and is plainly none: the
// sister file of a portal download, or plain text. It is nil for any other
// error.
func noLog(err error) *WrongTableError {
	var wrong *WrongTableError
	if errors.As(err, &wrong) && (wrong.What == tables.AuthDetails || wrong.What == tables.PlainText) {
		return wrong
	}
	return nil
}
