package signins

import (
	"slices"
	"time"
)

// span is a stretch of time, from included and to excluded, on whole seconds.
type span struct{ from, to time.Time }

func (s span) length() time.Duration { return s.to.Sub(s.from) }

func (s span) empty() bool { return !s.from.Before(s.to) }

func (s span) contains(t time.Time) bool { return !t.Before(s.from) && t.Before(s.to) }

// head gives the oldest part of s, at most d long.
func (s span) head(d time.Duration) span {
	if s.length() <= d {
		return s
	}
	return span{s.from, s.from.Add(d)}
}

// whole widens a stretch of time to whole seconds, the precision of the
// queries.
func whole(from, to time.Time) span {
	end := to.UTC().Truncate(time.Second)
	if end.Before(to) {
		end = end.Add(time.Second)
	}
	return span{from.UTC().Truncate(time.Second), end}
}

// spans are stretches of time, oldest first, none touching another.
type spans []span

// with gives the spans and s, those that touch made one.
func (ss spans) with(s span) spans {
	all := append(slices.Clone(ss), s)
	slices.SortFunc(all, func(a, b span) int { return a.from.Compare(b.from) })
	merged := all[:0]
	for _, next := range all {
		if n := len(merged); n > 0 && !next.from.After(merged[n-1].to) {
			if next.to.After(merged[n-1].to) {
				merged[n-1].to = next.to
			}
			continue
		}
		merged = append(merged, next)
	}
	return merged
}

// missing gives the parts of asked that are in none of the spans.
func (ss spans) missing(asked span) spans {
	var gaps spans
	for _, s := range ss {
		if gap := (span{asked.from, earlier(s.from, asked.to)}); !gap.empty() {
			gaps = append(gaps, gap)
		}
		if s.to.After(asked.from) {
			asked.from = s.to
		}
	}
	if !asked.empty() {
		gaps = append(gaps, asked)
	}
	return gaps
}

// outside gives the spans that are not wholly in asked.
func (ss spans) outside(asked span) spans {
	return slices.DeleteFunc(slices.Clone(ss), func(s span) bool { return !s.from.Before(asked.from) && !s.to.After(asked.to) })
}

func (ss spans) contain(t time.Time) bool {
	return slices.ContainsFunc(ss, func(s span) bool { return s.contains(t) })
}

// within gives how much of asked the spans cover.
func (ss spans) within(asked span) time.Duration {
	covered := asked.length()
	for _, gap := range ss.missing(asked) {
		covered -= gap.length()
	}
	return covered
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
