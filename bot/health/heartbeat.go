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

	"legacyauth/storage"
)

// Heartbeat fetches a web address after each complete pass, so that a service
// elsewhere notices when passes stop. Passes that end between two turns share one
// beat; one that failed is made up for.
type Heartbeat struct {
	DB *storage.DB
	// URL may be a secret: no error and no log line holds it.
	URL string
	// Agent names the program and its version to the server.
	Agent string
	Log   *slog.Logger
	// Client fetches; nil: one that waits ten seconds.
	Client *http.Client
}

// beatMark holds the number of the newest pass that a beat was sent for.
const beatMark = "heartbeat"

// Turn sends a beat if a pass has been completed since the last one. A beat that
// fails is logged, and is no error.
func (h *Heartbeat) Turn(ctx context.Context) error {
	var newest, told int64
	err := h.DB.Read(ctx, func(tx *storage.Tx) error {
		value, _, _, err := tx.Mark(0, beatMark)
		if err != nil {
			return err
		}
		// A mark that is no number counts as none.
		told, _ = strconv.ParseInt(value, 10, 64)
		newest, err = newestComplete(tx)
		return err
	})
	if err != nil {
		return fmt.Errorf("look for complete passes: %w", err)
	}
	if newest <= told {
		return nil
	}
	if err := h.beat(ctx); err != nil {
		h.Log.Warn("the heartbeat failed; it is tried again", "error", err)
		return nil
	}
	return h.DB.Write(ctx, func(tx *storage.Tx) error { return tx.SetMark(0, beatMark, strconv.FormatInt(newest, 10)) })
}

func newestComplete(tx *storage.Tx) (int64, error) {
	tenants, err := tx.Tenants()
	if err != nil {
		return 0, err
	}
	var newest int64
	for _, t := range tenants {
		passes, err := tx.Passes(t.ID, 20)
		if err != nil {
			return 0, err
		}
		for _, p := range passes {
			if !p.Ended.IsZero() && p.Complete && p.Error == "" {
				newest = max(newest, p.ID)
			}
		}
	}
	return newest, nil
}

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
