package news

import (
	"strings"
	"time"
)

// coverage tells that sign-ins could not be read, and that they can be again. An
// error is lost coverage too: it never reads as "nothing found".
func (d *decision) coverage() {
	lost, reason, _ := strings.Cut(d.Marks[coverageMark], " ")
	if stamped(lost).IsZero() {
		lost = ""
	}
	whole := d.Failed == "" && d.Coverage.Complete
	switch {
	case whole && lost == "":
		return
	case whole:
		d.restored(stamped(lost))
	case lost == "" && d.Failed == "" && !d.began():
		// The baseline of this turn says it; a later turn tells what else is lost.
		d.mark(coverageMark, stamp(d.lostSince())+" "+inBaseline+keyOf(Lost, d.reason()))
	case lost == "":
		d.lost(d.lostSince(), Lost)
	case reason == inBaseline+keyOf(Lost, d.reason()):
		return
	case strings.HasPrefix(reason, inBaseline):
		d.lost(stamped(lost), Lost)
	case reason != keyOf(Lost, d.reason()):
		d.lost(stamped(lost), Changed)
	}
}

// inBaseline begins the reason of a loss that no message of its own has told.
const inBaseline = "baseline/"

// lostSince is the time since which nothing vouches for the sign-ins.
func (d *decision) lostSince() time.Time {
	if d.CompleteTo.IsZero() {
		return d.Now
	}
	return d.CompleteTo
}

// reason says why coverage is lost, without what may be personal.
func (d *decision) reason() string {
	switch {
	case d.Failed != "":
		return sentence(redact(d.Failed))
	case len(d.Coverage.Notes) > 0:
		return sentence(redact(d.Coverage.Notes[0]))
	}
	return "Not everything that was asked for could be read."
}

func (d *decision) lost(since time.Time, kind Kind) {
	i := Item{
		Kind:     kind,
		Why:      d.reason(),
		Severity: High,
		Subject:  "coverage/" + d.Tenant + "/" + stamp(since),
		Key:      keyOf(Lost, d.Tenant, d.lossFact(since), ""),
	}
	if kind == Changed {
		i.Severity = Low
		i.Key = keyOf(Changed, d.Tenant, stamp(since), d.reason())
	}
	i.Card = d.lostCard(since)
	i.Reply = i.Card
	d.mark(coverageMark, stamp(since)+" "+keyOf(Lost, d.reason()))
	d.tell(i)
}

// lossFact names a loss: by the end of what was read before it, which is the
// same for every replica. Where nothing was ever read there is no second loss to
// tell it from.
func (d *decision) lossFact(since time.Time) string {
	if d.CompleteTo.IsZero() {
		return "never read"
	}
	return stamp(since)
}

func (d *decision) restored(since time.Time) {
	i := Item{
		Kind:     Restored,
		Why:      "Everything can be read again; coverage was missing for " + lasted(d.Now.Sub(since)) + ".",
		Severity: High, // whoever heard of the loss hears of its end
		Subject:  "coverage/" + d.Tenant + "/" + stamp(since),
		Key:      keyOf(Restored, d.Tenant, stamp(since)),
	}
	i.Card, i.Reply = d.restoredCard(since), d.restoredCard(since)
	d.mark(coverageMark, "")
	d.tell(i)
}
