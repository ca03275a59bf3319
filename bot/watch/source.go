package watch

import (
	"context"
	"time"

	"legacyauth/bot/scan"
	"legacyauth/detect"
	"legacyauth/storage"
)

// Source is where the sign-ins of a tenant come from. What Open gives is read
// once; it may have more abilities than scan.Source: scan.Neighborhood,
// ModernSignIns, Keeper, Forgetter and Meter.
type Source interface {
	// Name tells the source from others that the tenant had or will have.
	Name() string
	Open(ctx context.Context, a Ask) (scan.Source, error)
}

// Ask says what is to be read.
type Ask struct {
	// Window is the time to read; a zero From means all there is.
	Window detect.Window
	// Continues says that an earlier pass read up to a time inside the window.
	Continues bool
	// Known are the files that earlier passes read.
	Known []storage.File
}

// ModernSignIns is what a source can do that reads legacy sign-ins only: look
// for one user's modern sign-ins since a time, newest first. visit gives false
// when it has seen enough.
type ModernSignIns interface {
	ModernSignIns(ctx context.Context, user string, since time.Time, visit func(*detect.SignIn) bool) error
}

// Leaver is a source that leaves for later what is still being written, and names
// it.
type Leaver interface {
	Unfinished() []string
}

// UnfinishedMark is the name of a tenant's mark with how many files its last scan
// left since they were still being written; there is none where it left none.
const UnfinishedMark = "unfinished-files"

// Keeper is a source that reads files: what it read of them is recorded with
// the rows. Its rows alone tell for which time it vouches.
type Keeper interface {
	Files() []storage.File
}

// Forgetter is a source that keeps what it has read, so that a pass that is
// killed goes on where it was. Forget is called once that is recorded.
type Forgetter interface {
	Forget() error
}

// Meter is a source that sends requests.
type Meter interface {
	// Sent counts the requests of the reading, and the answers that there were
	// too many.
	Sent() (requests, throttles int)
}
