package signins

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"
)

// state is what a scan keeps on disk until it is done: a checkpoint and the
// rows of its finished windows, in a directory of its owner's. Rows of the
// window being read stand behind those the checkpoint knows and are cut off
// when a run begins.
type state struct {
	checkpoint
	// why says in words for coverage why an earlier scan was not gone on with.
	why string
	// resumed counts the windows of use that an earlier run had finished.
	resumed int
	// found is the checkpoint as an earlier run left it.
	found checkpoint

	rows *rowFile
	lock *os.File
	base string // path without its ending
	// throwaway is a directory that goes with the run.
	throwaway string
}

// openState opens what an earlier run of the same scan has left in dir, or
// begins anew. Without dir nothing outlives the run.
func openState(dir string, want checkpoint, now time.Time) (*state, error) {
	st := &state{}
	if err := st.open(dir, want, now); err != nil {
		st.close()
		return nil, err
	}
	st.found = st.checkpoint
	st.resumed = st.finishedIn(span{want.Asked.From, want.Asked.To})
	return st, nil
}

func (st *state) open(dir string, want checkpoint, now time.Time) (err error) {
	if dir == "" {
		if st.throwaway, err = os.MkdirTemp("", "legacyauth-"); err != nil {
			return fmt.Errorf("keep sign-ins: %w", err)
		}
		dir = st.throwaway
	} else if err = os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the state directory: %w", err)
	}
	lock, base := statePaths(dir, want.Tenant, want.InteractiveOnly)
	st.base = base
	if st.lock, err = lockFile(lock); err != nil {
		return err
	}
	if st.checkpoint, st.why, err = loadCheckpoint(st.base+".json", want, now); err != nil {
		return err
	}
	st.rows, err = openRows(st.rowsPath(), st.Rows)
	if errors.Is(err, errRowsBroken) {
		st.checkpoint, st.why = want, "its sign-ins in "+st.rowsPath()+" are broken"
		st.rows, err = openRows(st.rowsPath(), mark{})
	}
	return err
}

// statePaths gives the lock of a tenant's scans in dir, and the path without its
// ending of what one of them keeps.
func statePaths(dir, tenant string, interactiveOnly bool) (lock, base string) {
	base = filepath.Join(dir, keptPrefix+fileName(tenant))
	lock = base + ".lock"
	// v1.0 and beta give different rows, and neither's scan ends the other's.
	if interactiveOnly {
		return lock, base + keptEnds[0]
	}
	return lock, base + keptEnds[1]
}

// keptPrefix begins the names of what scans keep; keptEnds tells the versions of
// the log apart.
const keptPrefix = "signins-"

var keptEnds = [...]string{"-v1", "-beta"}

// forget removes what a scan has kept in dir, unless one is running there.
func forget(dir, tenant string, interactiveOnly bool) error {
	path, base := statePaths(dir, tenant, interactiveOnly)
	lock, err := lockFile(path)
	switch {
	case errors.Is(err, ErrRunning), errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	defer func() { _ = lock.Close() }()
	// The rows last: without a checkpoint they are no longer gone on with.
	return errors.Join(remove(base+".json"), remove(base+".rows"))
}

// StateError says that the directory for what a scan keeps cannot be used.
// Nothing has been read by then.
type StateError struct{ Err error }

// Error says what went wrong.
func (e *StateError) Error() string { return e.Err.Error() }

// Unwrap gives the reason, such as ErrRunning.
func (e *StateError) Unwrap() error { return e.Err }

// counts gives the tally of the time asked for; what an earlier run has counted
// belongs to it only where that run's windows do.
func (st *state) counts() tally {
	if st.resumed > 0 {
		return st.Tally
	}
	return st.Tally.since(st.found.Tally)
}

func (st *state) rowsPath() string { return st.base + ".rows" }

// finish records that w has been read. A window that began to be read before
// its last rows can be there is left out: the next run reads it again.
func (st *state) finish(w span, began, now time.Time) error {
	if began.Sub(w.to) < Late || st.throwaway != "" {
		return nil
	}
	st.Finished = append(slices.Clone(st.Finished), stretch{w.from, w.to})
	st.Rows, st.Saved = st.rows.end, now
	return st.save(st.base + ".json")
}

// remember records the way of asking, so that another run does not have to find
// it again.
func (st *state) remember(rung int, now time.Time) error {
	st.Rung, st.Saved = rung, now
	if st.throwaway != "" {
		return nil
	}
	return st.save(st.base + ".json")
}

// done removes what is kept, once all of asked has been read. What an earlier
// run of a scan of other time has kept is left as that run left it, so that it
// neither is lost nor lives longer.
func (st *state) done(asked span) error {
	if !st.found.coveredBy(asked) {
		// The rows last: those behind the checkpoint's are cut off in any case.
		if err := st.found.save(st.base + ".json"); err != nil {
			return err
		}
		return st.rows.rewind(st.found.Rows)
	}
	return errors.Join(remove(st.base+".json"), remove(st.rowsPath()))
}

// close lets another run begin. Rows of unfinished windows stay until then.
func (st *state) close() {
	if st.rows != nil {
		_ = st.rows.close()
		if st.Saved.IsZero() {
			_ = os.Remove(st.rowsPath()) // no checkpoint knows of them
		}
	}
	if st.lock != nil {
		_ = st.lock.Close()
	}
	if st.throwaway != "" {
		_ = os.RemoveAll(st.throwaway)
	}
}

func remove(path string) error {
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("remove kept sign-ins: %w", err)
	}
	return nil
}

var plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`) })

// fileName makes a tenant's id or name fit to be a file's.
func fileName(tenant string) string {
	if plainName().MatchString(tenant) {
		return tenant
	}
	sum := sha256.Sum256([]byte(tenant))
	return hex.EncodeToString(sum[:16])
}
