package signins

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/go-json-experiment/json"
)

// checkpoint is what a scan knows of its own progress. It is written after each
// window.
type checkpoint struct {
	Version int    `json:"version"`
	Tenant  string `json:"tenant"`
	// InteractiveOnly says that v1.0 was read.
	InteractiveOnly bool      `json:"interactiveOnly"`
	Saved           time.Time `json:"saved"`
	// Asked is the time that the scan was first asked for.
	Asked stretch `json:"asked"`
	// Finished are the windows that need not be read again.
	Finished []stretch `json:"finished"`
	// Rows is where the rows of the finished stretches end.
	Rows mark `json:"rows"`
	// Rung is how far down the ladder the scan had to go, Sizing how long its
	// next window would have been.
	Rung   int    `json:"rung"`
	Sizing sizing `json:"sizing"`
	// Density is how many sign-ins the log holds, as far as that was asked.
	Density density `json:"density,omitzero"`
	// NoUnnamed says that the service does not answer a query for sign-ins with
	// an empty client app.
	NoUnnamed bool  `json:"noUnnamed,omitzero"`
	Tally     tally `json:"tally"`
}

// stretch is a span as it is written.
type stretch struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// checkpointVersion changes whenever another version of the program would
// misread the file or a line of the rows.
const checkpointVersion = 1

// resumeWithin is how old a checkpoint may be to go on from. Kept sign-ins are
// personal data, so an abandoned scan is not resumed for ever.
const resumeWithin = 72 * time.Hour

// loadCheckpoint reads the checkpoint of a scan of the same kind. Where there
// is one that cannot be used, why says so in words for coverage.
func loadCheckpoint(path string, want checkpoint, now time.Time) (c checkpoint, why string, err error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return want, "", nil
	}
	if err != nil {
		return want, "", fmt.Errorf("read the checkpoint of an earlier scan: %w", err)
	}
	if json.Unmarshal(text, &c) != nil || c.broken() {
		return want, "its checkpoint " + path + " is broken", nil
	}
	switch {
	case c.Version != checkpointVersion:
		why = fmt.Sprintf("its checkpoint is of version %d, and this program writes version %d", c.Version, checkpointVersion)
	case c.Tenant != want.Tenant:
		why = "its checkpoint is another tenant's"
	case c.InteractiveOnly != want.InteractiveOnly:
		why = "it read another version of the log"
	case now.Sub(c.Saved) > resumeWithin:
		why = fmt.Sprintf("it stopped more than %d hours ago", int(resumeWithin.Hours()))
	default:
		return c, "", nil
	}
	return want, why, nil
}

// broken says whether the numbers contradict each other.
func (c *checkpoint) broken() bool {
	if c.Rows.Bytes < 0 || c.Rows.Rows < 0 || c.Rung < 0 || c.Rung >= len(rungs()) || c.Sizing.Seconds < 0 || c.Density.PerHour < 0 {
		return true
	}
	for _, f := range c.Finished {
		if !f.From.Before(f.To) {
			return true
		}
	}
	return false
}

func (c *checkpoint) finished() spans {
	var ss spans
	for _, f := range c.Finished {
		ss = ss.with(span{f.From, f.To})
	}
	return ss
}

// finishedIn counts the finished windows that have a part in asked.
func (c *checkpoint) finishedIn(asked span) int {
	n := 0
	for _, f := range c.Finished {
		if f.From.Before(asked.to) && asked.from.Before(f.To) {
			n++
		}
	}
	return n
}

// coveredBy says whether a reading of all of asked leaves nothing of use in the
// checkpoint: every finished window lies in asked, or begins before it by no
// more than the scan's own time has moved on with the clock.
func (c *checkpoint) coveredBy(asked span) bool {
	if moved := asked.to.Sub(c.Asked.To); moved > 0 {
		asked.from = asked.from.Add(-moved)
	}
	return len(c.finished().outside(asked)) == 0
}

// save replaces the file at path in one step: a reader sees the old content or
// the new, whenever the program is killed.
func (c *checkpoint) save(path string) error {
	text, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("write checkpoint: %w", err)
	}
	// CreateTemp makes files that only their owner can read.
	temporary, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write checkpoint: %w", err)
	}
	_, err = temporary.Write(append(text, '\n'))
	err = errors.Join(err, temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
		return fmt.Errorf("write checkpoint: %w", err)
	}
	return nil
}
