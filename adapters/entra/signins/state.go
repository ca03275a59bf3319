package signins

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
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
	// resumed counts the windows that an earlier run had finished.
	resumed int

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
	st.resumed = st.Tally.Windows
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
	st.base = filepath.Join(dir, "signins-"+fileName(want.Tenant))
	if st.lock, err = lockFile(st.base + ".lock"); err != nil {
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

func (st *state) rowsPath() string { return st.base + ".rows" }

// finish records that w has been read. A window that began to be read before
// its last rows can be there is left out: the next run reads it again.
func (st *state) finish(w span, began, now time.Time) error {
	if began.Sub(w.to) < Late || st.throwaway != "" {
		return nil
	}
	finished := st.finished()
	st.Finished = nil
	for _, s := range finished.with(w) {
		st.Finished = append(st.Finished, stretch{s.from, s.to})
	}
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

// discard removes everything: the scan is done.
func (st *state) discard() error {
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

var plainName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// fileName makes a tenant's id or name fit to be a file's.
func fileName(tenant string) string {
	if plainName.MatchString(tenant) {
		return tenant
	}
	sum := sha256.Sum256([]byte(tenant))
	return hex.EncodeToString(sum[:16])
}
