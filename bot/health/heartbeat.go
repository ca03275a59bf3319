package health

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"legacyauth/bot/jobs"
	"legacyauth/storage"
)

// Heartbeat fetches a web address once for each complete pass, so that a service
// elsewhere notices when passes stop. The transaction that records a pass puts a
// job for its beat into the database, so none is lost with a process, and no pass
// waits for one.
type Heartbeat struct {
	DB *storage.DB
	// URL may be a secret: no error and no log line holds it.
	URL string
	// Agent names the program and its version to the server.
	Agent string
	Now   func() time.Time
	Log   *slog.Logger
	// Client fetches; nil: one that waits ten seconds.
	Client *http.Client
}

// BeatKind is the kind of the jobs that fetch; each is about a pass.
const BeatKind = "heartbeat"

const (
	// beating is how many beats are under way at a time in one process.
	beating = 8
	// stale is how long after its pass a beat that fails is tried again: one much
	// later would say that passes are made when they have stopped.
	stale = 10 * time.Minute
)

// Enqueuer puts a job into a transaction; jobs.Engine is one.
type Enqueuer interface {
	Enqueue(ctx context.Context, tx *storage.Tx, j jobs.Job) error
}

// Register has an engine fetch.
func (h *Heartbeat) Register(e *jobs.Engine) {
	e.Work(BeatKind, jobs.Limits{Parallel: beating}, h.Beat)
}

// Beats gives what is called in the transaction that records a pass, and adds a
// beat for a complete one.
func Beats(e Enqueuer) func(ctx context.Context, tx *storage.Tx, p storage.Pass) error {
	return func(ctx context.Context, tx *storage.Tx, p storage.Pass) error {
		if !p.Complete || p.Error != "" {
			return nil
		}
		about := strconv.FormatInt(p.Tenant, 10) + "/" + strconv.FormatInt(p.ID, 10)
		return e.Enqueue(ctx, tx, jobs.Job{Kind: BeatKind, About: about})
	}
}

// Beat fetches the address for a pass, named by its tenant and its number. After
// an error it is to be called again.
func (h *Heartbeat) Beat(ctx context.Context, about string) error {
	ended, err := h.ended(ctx, about)
	if err != nil {
		return fmt.Errorf("look up the scan of a heartbeat: %w", err)
	}
	if late := h.Now().Sub(ended); ended.IsZero() || late > stale {
		h.Log.Warn("a heartbeat was given up: its scan ended too long ago to say that the watch goes on", "scan", about)
		return nil
	}
	if err := h.beat(ctx); err != nil {
		return fmt.Errorf("fetch the heartbeat's address: %w", err)
	}
	return nil
}

// ended gives when a pass ended; zero where it is not known any more.
func (h *Heartbeat) ended(ctx context.Context, about string) (time.Time, error) {
	tenant, pass, _ := strings.Cut(about, "/")
	t, err1 := strconv.ParseInt(tenant, 10, 64)
	p, err2 := strconv.ParseInt(pass, 10, 64)
	if err := errors.Join(err1, err2); err != nil {
		return time.Time{}, err
	}
	var at time.Time
	err := h.DB.Read(ctx, func(tx *storage.Tx) error {
		at = time.Time{}
		passes, err := tx.Passes(t, recent)
		for _, found := range passes {
			if found.ID == p {
				at = found.Ended
			}
		}
		return err
	})
	return at, err
}

// recent is how many passes of a tenant are looked through for one that has just
// ended: more than there are in the time after which a beat is stale.
const recent = 100

func (h *Heartbeat) beat(ctx context.Context) error {
	client := h.Client
	if client == nil {
		// A redirect would carry the address on in its Referer.
		client = &http.Client{Timeout: 2 * answering, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, h.URL, http.NoBody)
	if err != nil {
		return errors.New("the address cannot be read as one")
	}
	request.Header.Set("User-Agent", h.Agent)
	response, err := client.Do(request)
	if err != nil {
		var at *url.Error
		if errors.As(err, &at) {
			err = at.Err
		}
		return err
	}
	defer func() { _ = response.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<16))
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("the server answered with status %d", response.StatusCode)
	}
	return nil
}
