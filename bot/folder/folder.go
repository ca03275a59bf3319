// Package folder reads sign-ins from a folder into which something else puts
// exports: a synchronized storage container, a share, a download folder.
//
// Each file is read once. One that is still being written is left until it is
// whole; one that grew or was replaced is read again, and the caller drops the
// rows it has seen. What is no log, or broken, is said once and tried again when
// it changes. Files are only read, and never outside the folder.
package folder

import (
	"sync"
	"time"

	"legacyauth/storage"
)

// The usual times of a Folder.
const (
	// Settle is how long a file must have stayed as it is.
	Settle = 30 * time.Second
	// Patience is how long a file may look unfinished before it is read as far as
	// it goes.
	Patience = time.Hour
)

// Folder is one folder of exports. Path and Now must be set. It remembers, while
// the program runs, which files it waits for; make one per folder and keep it.
// It is safe for concurrent use.
type Folder struct {
	// Path is the folder. A link is followed here, and nowhere below.
	Path string
	// Settle and Patience override the constants of the same names; 0 means
	// those.
	Settle, Patience time.Duration
	// Now is the clock. It is compared with the files' times.
	Now func() time.Time

	mu      sync.Mutex
	waiting map[string]*waiting
}

// waiting is a file that was seen and not yet read.
type waiting struct {
	state
	since  time.Time // it has been as it is
	around time.Time // it has been waited for
}

// state is what tells whether a file is as it was.
type state struct {
	size    int64
	changed time.Time
}

// Look gets ready to read what is new, given what storage remembers of earlier
// looks. A Look is used once.
func (f *Folder) Look(known []storage.File) *Look {
	l := &Look{folder: f, known: map[string]storage.File{}, digests: map[string]storage.File{}}
	for _, k := range known {
		l.remember(k)
	}
	return l
}

// wait notes that a file is waited for and says how long it has been as it is,
// and how long it has been waited for.
func (f *Folder) wait(path string, s state, now time.Time) (quiet, waited time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	w := f.waiting[path]
	switch {
	case w == nil:
		if f.waiting == nil {
			f.waiting = map[string]*waiting{}
		}
		w = &waiting{s, now, now}
		f.waiting[path] = w
	case w.state != s:
		w.state, w.since = s, now
	}
	// A file whose time lies ahead was written by a clock that is not ours.
	return max(now.Sub(s.changed), now.Sub(w.since)), now.Sub(w.around)
}

// read notes that a file is no longer waited for.
func (f *Folder) read(path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.waiting, path)
}

// only forgets the files waited for that are not there any more.
func (f *Folder) only(there map[string]bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for path := range f.waiting {
		if !there[path] {
			delete(f.waiting, path)
		}
	}
}

func orElse(d, usual time.Duration) time.Duration {
	if d == 0 {
		return usual
	}
	return d
}
