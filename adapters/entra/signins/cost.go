package signins

import (
	"context"
	"fmt"
	"io"
	"math"
	"time"

	"legacyauth/detect"
)

// cheap is a number of requests, a little over three minutes of them, below
// which a rung is used without asking what reading everything would cost.
const cheap = 100

// cost gives the least number of requests that reading so much time takes: one
// for each query of each window. Without a filter the rows come on top.
func (r rung) cost(left time.Duration) int {
	longest := r.longest
	if longest == 0 {
		longest = firstUnfiltered
		if r.filtered() {
			longest = firstFiltered
		}
	}
	return len(r.groups()) * int((left+longest-1)/longest)
}

// samplePage is how many rows of an hour are looked at to tell how dense it is.
const samplePage = 250

// density is how many sign-ins of any kind the log holds. A filtered scan never
// sees that, so it is sampled: one page from an hour in each quarter of the day.
type density struct {
	// Asked says that the log was sampled, Known that it answered.
	Asked bool `json:"asked,omitzero"`
	Known bool `json:"known,omitzero"`
	// PerHour is the mean of the samples.
	PerHour float64 `json:"perHour,omitzero"`
	// Narrow and Everything are the requests that were compared last.
	Narrow     int `json:"narrow,omitzero"`
	Everything int `json:"everything,omitzero"`
}

// everything estimates the requests of reading so much time without a filter:
// a page for each thousand rows, and one that is not full for each window.
func (d density) everything(left time.Duration) int {
	pages := math.Ceil(d.PerHour * left.Hours() / pageMax)
	return int(min(pages, math.MaxInt32)) + rung{top: pageMax}.cost(left)
}

// worth says whether a rung is used for what is left. A narrow filter asks many
// questions of which most find nothing, and the service answers one in two
// seconds; above some number of them it is quicker to read everything. Where the
// log does not even answer a sample, reading everything will not work either, and
// the filter is kept whatever it costs.
func (r *run) worth(ctx context.Context) affordable {
	left := r.asked.length() - r.done.within(r.asked)
	d := &r.state.Density
	compared := false
	return func(next rung) bool {
		if next.obvious(left) {
			return true
		}
		if r.sample(ctx); d.Known && !compared {
			d.Narrow, d.Everything, compared = next.cost(left), d.everything(left), true
		}
		return d.affords(next, left)
	}
}

// obvious says whether a rung is used whatever reading everything would cost.
func (r rung) obvious(left time.Duration) bool { return !r.filtered() || r.cost(left) <= cheap }

// affords says whether a rung is worth using for so much time.
func (d density) affords(next rung, left time.Duration) bool {
	return next.obvious(left) || !d.Known || next.cost(left) <= d.everything(left)
}

// comparison says for coverage what was weighed and how the log was then read.
func (d density) comparison(how rung) string {
	text := fmt.Sprintf("narrower filters would have taken %d requests or more and no filter about %d, estimated from four sampled hours; ", d.Narrow, d.Everything)
	if how.filtered() {
		return text + "the filter was kept"
	}
	return text + "the filter was left out"
}

// sample finds out how dense the log is, once in a scan and its resumptions.
func (r *run) sample(ctx context.Context) {
	d := &r.state.Density
	if d.Asked {
		return
	}
	missing := r.done.missing(r.asked)
	if len(missing) == 0 {
		return
	}
	sum, answered := 0.0, 0
	for _, hour := range quarters(span{missing[0].from, r.asked.to}) {
		perHour, err := r.perHour(ctx, hour)
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			sum += perHour
			answered++
		}
	}
	if d.Asked = true; answered > 0 {
		d.Known, d.PerHour = true, sum/float64(answered)
	}
}

// quarters gives four hours of s, spread over it, one from each quarter of the
// day where s is long enough.
func quarters(s span) spans {
	const n = 4
	var hours spans
	for i := range time.Duration(n) {
		middle := s.from.Add(s.length() * (2*i + 1) / (2 * n))
		from := middle.Truncate(24 * time.Hour).Add((6*i + 3) * time.Hour)
		hour := span{from, from.Add(time.Hour)}
		if hour.from.Before(s.from) || hour.to.After(s.to) {
			hour = span{middle.Truncate(time.Second), earlier(middle.Truncate(time.Second).Add(time.Hour), s.to)}
		}
		hours = append(hours, hour)
	}
	return hours
}

// perHour counts the rows of one page, and how much of the hour they fill.
func (r *run) perHour(ctx context.Context, hour span) (float64, error) {
	var rows float64
	var oldest time.Time
	more := ""
	err := r.ask(ctx, query{span: hour, top: samplePage, interactiveOnly: r.InteractiveOnly}.path(), false, r.sent, func(body io.Reader) error {
		rows, oldest = 0, time.Time{}
		var err error
		more, err = readPage(body, func(raw []byte) error {
			rows++
			var s detect.SignIn
			if r.Decode(raw, &s) == nil {
				oldest = older(oldest, s.Time)
			}
			return nil
		})
		return err
	})
	filled := hour.length()
	if more != "" && !oldest.IsZero() {
		filled = min(max(hour.to.Sub(oldest), time.Second), filled)
	}
	return rows / filled.Hours(), err
}
