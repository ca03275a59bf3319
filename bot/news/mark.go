package news

import (
	"fmt"
	"time"
)

// MarkPrefix begins the name of every mark that Decide reads and sets.
const MarkPrefix = "news/"

// Mark is something to remember for a tenant until the next pass: that the
// baseline was told, since when coverage is lost. An empty Value means that the
// mark is to be dropped.
type Mark struct{ Name, Value string }

const (
	baselineMark = MarkPrefix + "baseline"
	coverageMark = MarkPrefix + "coverage"
	sprayMark    = MarkPrefix + "spray"
	deadlineMark = MarkPrefix + "deadline/" // and the entry's id and date
)

// DigestMark names the mark that holds the last turn of a subscription's weekly
// digest for a tenant, as RFC 3339; Due takes it.
func DigestMark(subscription int64) string { return fmt.Sprintf("digest/%d", subscription) }

// stamp and stamped write and read a time in a mark, to the second.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func stamped(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{} // a mark of another hand counts as none
	}
	return t
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
