package logrow

import (
	"bytes"
	"strconv"

	"legacyauth/detect"
	"legacyauth/detect/logrow/rawjson"
)

var statusNames = [4]string{"errorcode", "failurereason"}

// result tells how a sign-in ended: by status.errorCode, else by the result
// type, else by a status in words. A row that says it failed without saying why
// gets detect.CodeNotGiven; "Interrupted" without a code says nothing, because
// the same word stands for a second factor asked for and for a keep-me-signed-in
// question.
func (d *Decoder) result(f *fields, reason bool) detect.Result {
	var r detect.Result
	status := f.get(fStatus)
	if !reason {
		if r, ok := d.results.of(status); ok {
			return r
		}
	}
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
	if !reason && r.Known {
		if !d.garbled {
			d.results.keep(status, r)
		}
		return r // of a modern sign-in nothing hangs on why
	}
	if !r.Known {
		r.Code, r.Known = d.code(f.get(fResultType))
	}
	if !r.Known && len(words) > 0 {
		r.Code, r.Known = d.code(rawjson.Value{Kind: rawjson.Plain, Raw: words})
	}
	interrupted := rawjson.Is(words, "interrupted")
	switch {
	case !reason:
	case r.Known && r.Code == detect.CodeNotGiven, !r.Known && interrupted:
		d.Tally.Uncoded++
	case r.Known && r.Code != 0:
		d.Tally.Coded++
	}
	_, said := inWords(words)
	said = said || interrupted
	if reason && r.Reason == "" {
		if r.Reason = d.text(f.get(fResultText)); r.Reason == "" && !said {
			r.Reason = d.strings.string(words)
		}
	}
	return r
}

// code reads an error code or a result in words.
func (d *Decoder) code(v rawjson.Value) (code int, known bool) {
	b := bytes.TrimSpace(d.bytes(v))
	if len(b) == 0 {
		return 0, false
	}
	if len(b) == 1 && b[0] == '0' {
		return 0, true
	}
	if b[0] <= '9' {
		n, err := strconv.ParseInt(string(b), 10, 32)
		if err != nil || n < 0 {
			return 0, false
		}
		return int(n), true
	}
	return inWords(b)
}

func inWords(b []byte) (code int, known bool) {
	switch {
	case rawjson.Is(b, "success"):
		return 0, true
	case rawjson.Is(b, "failure"), rawjson.Is(b, "failed"):
		return detect.CodeNotGiven, true
	}
	return 0, false
}
