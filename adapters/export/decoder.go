package export

import (
	"bytes"

	"legacyauth/detect"
)

// decoder turns rows into sign-ins. It belongs to one goroutine.
type decoder struct {
	dates   dateOrder
	plain   bool // never take the fast path
	strings interner
	keys    [2]keyMemory
	fields  fields
	scratch []byte // text with its escapes resolved, of the current row
	quoted  []byte
	tally   tally

	exactRows int64
}

func newDecoder(dates dateOrder) *decoder {
	return &decoder{dates: dates, strings: newInterner()}
}

// read takes a row of JSON into d.fields.
func (d *decoder) read(row []byte) *rowFault {
	d.fields.clear()
	d.scratch = d.scratch[:0]
	if !d.plain {
		if d.fast(row, &d.fields) {
			return nil
		}
		d.fields.clear()
	}
	return d.exact(row, &d.fields)
}

// row decodes one JSON object into s. It gives false when the row is not a
// sign-in, or is broken.
func (d *decoder) row(row []byte, s *detect.SignIn) (bool, *rowFault) {
	if f := d.read(row); f != nil {
		return false, f
	}
	if !d.isSignIn(&d.fields) {
		d.leaveOut(row)
		return false, nil
	}
	d.signIn(&d.fields, s)
	return true, nil
}

// maxSample is how much of a row of another log is kept to say what it is.
const maxSample = 64 << 10

func (d *decoder) leaveOut(row []byte) {
	d.tally.other++
	if c := d.text(d.fields.get(fCategory)); c != "" {
		d.tally.addCategory(c)
	}
	if d.tally.sample == nil && len(row) <= maxSample {
		d.tally.sample = bytes.Clone(row)
	}
}

// isSignIn tells a sign-in from a row of another log that shares its stream: by
// a value that only sign-ins have, else by the category, else by the three
// things every sign-in has: who, when and how it ended.
func (d *decoder) isSignIn(f *fields) bool {
	mark := false
	for _, key := range [...]field{fClientApp, fCAStatus, fInteractive, fEvents} {
		if f.has(key) {
			if v := f.get(key); v.kind != vNull && len(v.raw) > 0 {
				return true
			}
			mark = true
		}
	}
	if c := d.bytes(f.get(fCategory)); len(c) > 0 {
		return signInCategory(c)
	}
	if mark {
		return true
	}
	who := f.has(fUser) || f.has(fUserID) || f.has(fPrincipal) || f.has(fApp)
	when := f.has(fCreated) || f.has(fTime) || f.has(fGenerated)
	how := f.has(fStatus) || f.has(fResultType)
	return who && when && how
}

// signInCategory knows the categories of sign-in logs by their common ending.
// https://learn.microsoft.com/entra/identity/monitoring-health/concept-diagnostic-settings-logs-options, read 2026-11-23
func signInCategory(c []byte) bool {
	const ending = "signinlogs"
	return len(c) >= len(ending) && equalFold(c[len(c)-len(ending):], ending)
}
