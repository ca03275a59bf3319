package logrow

import (
	"time"

	"legacyauth/detect/logrow/logtime"
)

// time reads when a sign-in was made: its own time, else when the record was
// written. A row without a readable time is counted and has the zero Time.
func (d *Decoder) time(f *fields) time.Time {
	for _, at := range [...]field{fCreated, fTime, fGenerated} {
		b := d.bytes(f.get(at))
		if len(b) == 0 {
			continue
		}
		t, written, ok := logtime.Parse(b, d.Order)
		if written.Slashed {
			d.Tally.Slashed++
		}
		if written.Contrary {
			d.Tally.Contrary++
		}
		if ok {
			return t
		}
	}
	d.Tally.Undated++
	return time.Time{}
}
