package export

import (
	"bytes"
	"strconv"

	"legacyauth/detect"
)

var statusNames = [4]string{"errorcode", "failurereason"}

// result tells how a sign-in ended: by status.errorCode, else by the result
// type, else by a status in words. A row that says it failed without saying why
// gets detect.CodeNotGiven; "Interrupted" without a code says nothing, because
// the same word stands for a second factor asked for and for a keep-me-signed-in
// question.
func (d *decoder) result(f *fields, reason bool) detect.Result {
	var r detect.Result
	status := f.get(fStatus)
	var words []byte
	if o := d.object(status); o != nil {
		if got, ok := d.pick(o, &statusNames); ok {
			r.Code, r.Known = d.code(got[0])
			if reason {
				r.Reason = d.text(got[1])
			}
		}
	} else {
		words = bytes.TrimSpace(d.bytes(status))
	}
	if !r.Known {
		r.Code, r.Known = d.code(f.get(fResultType))
	}
	said := false
	if !r.Known && len(words) > 0 {
		r.Code, r.Known = d.code(value{vPlain, words})
	}
	if _, known := inWords(words); known || is(words, "interrupted") {
		said = true
	}
	if reason && r.Reason == "" {
		if r.Reason = d.text(f.get(fResultText)); r.Reason == "" && !said {
			r.Reason = d.strings.string(words)
		}
	}
	return r
}

// code reads an error code or a result in words.
func (d *decoder) code(v value) (code int, known bool) {
	b := bytes.TrimSpace(d.bytes(v))
	if len(b) == 0 {
		return 0, false
	}
	if len(b) == 1 && b[0] == '0' {
		return 0, true
	}
	if b[0] <= '9' {
		n, err := strconv.ParseInt(string(b), 10, 32)
		return int(n), err == nil && n >= 0
	}
	return inWords(b)
}

func inWords(b []byte) (code int, known bool) {
	switch {
	case is(b, "success"):
		return 0, true
	case is(b, "failure"), is(b, "failed"):
		return detect.CodeNotGiven, true
	}
	return 0, false
}
