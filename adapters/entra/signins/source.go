package signins

import (
	"context"
	"errors"
	"time"

	"legacyauth/detect"
)

// Retention is how long Entra ID keeps sign-ins for a tenant with P1 or P2; it
// is what a scan reads that was not told from when.
// https://learn.microsoft.com/entra/identity/monitoring-health/reference-reports-data-retention, read 2026-11-22
const Retention = 30 * 24 * time.Hour

// shortRetention is how long Entra ID keeps sign-ins at least, see Retention.
const shortRetention = 7 * 24 * time.Hour

// Late is how long after it was made a sign-in may still appear in the log. A
// scan that goes on from the end of an earlier one begins this much before it;
// detect.Fold drops the sign-ins read twice.
// Microsoft's support guide for the reporting API (its address is not known;
// read 2026-11-22) gives minutes as usual and two hours as possible.
const Late = 2 * time.Hour

// Source is the sign-in log of one tenant. Graph, Tenant, Decode and Now must
// be set. A Source may be read more than once, by one goroutine at a time.
type Source struct {
	// Name is how coverage calls the tenant; empty means Tenant.
	Name string
	// Tenant is the tenant's id. State is kept under it.
	Tenant string
	Graph  Getter
	// Decode reads one row of the log, a JSON object in Microsoft Graph's shape,
	// into s, which it overwrites. The row is valid during the call only. An
	// error means that the row is skipped and counted.
	Decode func(row []byte, s *detect.SignIn) error
	// Window is the time to read. A zero To is now, a zero From is Retention
	// before To.
	Window detect.Window
	// Continues says that an earlier reading ended inside Window, so that the log
	// is known to reach back to where this one begins unless that is longer ago
	// than the shortest retention. It is then not asked how far back it goes,
	// only whether it holds anything of late: over a quiet night nothing is
	// missing, but a log that has stopped must not read as silence.
	Continues bool
	// InteractiveOnly asks v1.0 in place of beta, for tenants and clouds where
	// beta is not to be used. v1.0 has interactive sign-ins only, and coverage
	// says so.
	InteractiveOnly bool
	// Dir is the directory in which a scan keeps, until it is done, how far it
	// is and the sign-ins it has read: personal data, readable by the owner
	// only. A scan of the same tenant that finds them there goes on where the
	// earlier one stopped. Without Dir nothing is kept.
	Dir string
	// Keep leaves what is kept in Dir there when the log has been read, until
	// Forget: for who has yet to record it elsewhere.
	Keep bool
	// Progress is told after every page; it may be nil. It is called from the
	// goroutine that reads.
	Progress func(Progress)
	// Now is the clock.
	Now func() time.Time
	// Backoff is the first pause before a page that was cut short is asked for
	// again; each further pause is twice as long. 0 means one second.
	Backoff time.Duration
}

// SignIns reads the log and hands its sign-ins to sink as bot/scan wants it: in
// batches that are valid during the call. Of modern sign-ins, which come only
// when the server's filter could not be used, only what verdicts need is
// filled.
//
// When ctx ends or a request fails for good, the error is a *StoppedError; an
// error of sink is returned as it is.
func (s *Source) SignIns(ctx context.Context, sink func([]detect.SignIn) error) (detect.Part, error) {
	reading, err := s.Read(ctx, sink)
	return reading.Part(), err
}

// Read is SignIns for callers who want to know more about the reading. What it
// returns says what was read even when the error is not nil.
func (s *Source) Read(ctx context.Context, sink func([]detect.SignIn) error) (Reading, error) {
	r, err := newRun(s, sink)
	if err != nil {
		return Reading{Name: s.name()}, err
	}
	defer r.state.close()
	err = r.read(ctx)
	if err == nil && !s.Keep {
		err = r.state.done(r.asked)
	}
	return r.reading(), err
}

// Forget removes what readings of the log have kept in Dir. What one that is
// under way keeps stays; that is no error.
func (s *Source) Forget() error {
	if s.Dir == "" {
		return nil
	}
	return forget(s.Dir, s.Tenant, s.InteractiveOnly)
}

func (s *Source) name() string {
	if s.Name != "" {
		return s.Name
	}
	return s.Tenant
}

func (s *Source) validate() error {
	if s.Tenant == "" || s.Graph == nil || s.Decode == nil || s.Now == nil {
		return errors.New("a source of sign-ins needs Tenant, Graph, Decode and Now")
	}
	return nil
}

// asked gives the time to read, on whole seconds.
func (s *Source) asked(now time.Time) span {
	to := s.Window.To
	if to.IsZero() {
		to = now
	}
	from := s.Window.From
	if from.IsZero() {
		from = to.Add(-Retention)
	}
	return whole(from, to)
}
