package watch

import (
	"context"
	"errors"
	"time"

	"legacyauth/adapters/entra/signins"
	"legacyauth/bot/scan"
	"legacyauth/detect"
)

// Graph is a tenant's sign-in log in Microsoft Graph as its source.
type Graph struct {
	// Log opens the log for the sign-ins of a window. It is called for each pass,
	// so that a new credential counts.
	Log func(w detect.Window) (*signins.Source, error)
}

// Name gives "graph".
func (Graph) Name() string { return "graph" }

// Open gets ready to read the log.
func (g Graph) Open(_ context.Context, a Ask) (scan.Source, error) {
	log, err := g.Log(a.Window)
	if err != nil {
		return nil, err
	}
	log.Continues = a.Continues
	return &graphLog{Source: log}, nil
}

// graphLog is one reading of a log.
type graphLog struct {
	*signins.Source
	reading signins.Reading
}

func (g *graphLog) SignIns(ctx context.Context, sink func([]detect.SignIn) error) ([]detect.Part, error) {
	var err error
	g.reading, err = g.Read(ctx, sink)
	var unkept *signins.StateError
	if g.Dir != "" && errors.As(err, &unkept) {
		// A pass that was stopped in its tracks may still have the directory, or
		// it cannot be written: what is kept is a convenience, the pass is not.
		g.Dir = ""
		g.reading, err = g.Read(ctx, sink)
	}
	if err != nil {
		return nil, err
	}
	part := g.reading.Part()
	if unkept != nil && !errors.Is(unkept, signins.ErrRunning) {
		part.Notes = append(part.Notes, "a scan that is stopped will begin anew: "+unkept.Error())
	}
	return []detect.Part{part}, nil
}

// Sent counts what the reading sent.
func (g *graphLog) Sent() (requests, throttles int) { return g.reading.Requests, g.reading.Throttles }

// ModernSignIns asks for one user's modern sign-ins.
func (g *graphLog) ModernSignIns(ctx context.Context, user string, since time.Time, visit func(*detect.SignIn) bool) error {
	return g.UserModern(ctx, user, since, g.Now(), visit)
}
