package health

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"legacyauth/storage"
)

// Page serves health over HTTP: /healthz is 200 when nobody has to act and 503 with
// the problems otherwise, in both with warnings where the last scan left something
// out, which may be on purpose (a log that a license does not give); /readyz is 200
// when the database answers, /metrics is for Prometheus. Restart a process by
// /readyz: no restart mends what /healthz says.
type Page struct {
	listener net.Listener
	reader   *Reader
	log      *slog.Logger
}

// NewPage gives a page on a listener, which Run closes.
func NewPage(l net.Listener, r *Reader, log *slog.Logger) *Page {
	return &Page{listener: l, reader: r, log: log}
}

// URL is the page's address.
func (p *Page) URL() string { return "http://" + p.listener.Addr().String() + "/" }

// Run serves until ctx ends; without a page there is nothing to serve.
func (p *Page) Run(ctx context.Context) error {
	if p == nil {
		<-ctx.Done()
		return nil
	}
	server := &http.Server{Handler: p.Handler(), ReadHeaderTimeout: answering, WriteTimeout: 4 * answering, IdleTimeout: time.Minute}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(p.listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve health: %w", err)
	case <-ctx.Done():
	}
	last, stop := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer stop()
	if err := server.Shutdown(last); err != nil {
		_ = server.Close()
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve health: %w", err)
	}
	return nil
}

// Handler answers the requests of the page.
func (p *Page) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", p.healthz)
	mux.HandleFunc("GET /readyz", p.readyz)
	fail := func(err error) { p.log.Warn("health could not be read", "error", err) }
	mux.Handle("GET /metrics", promhttp.HandlerFor(newRegistry(p.reader, fail), promhttp.HandlerOpts{}))
	return mux
}

func (p *Page) healthz(w http.ResponseWriter, r *http.Request) {
	ctx, stop := context.WithTimeout(r.Context(), answering)
	defer stop()
	f, err := p.reader.Read(ctx)
	if err != nil {
		p.log.Warn("health could not be read", "error", err)
		answer(w, []string{"The database does not answer."}, nil)
		return
	}
	answer(w, f.Problems, f.Warnings)
}

func (p *Page) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, stop := context.WithTimeout(r.Context(), answering)
	defer stop()
	err := p.reader.DB.Read(ctx, func(tx *storage.Tx) error {
		_, err := tx.Tenants()
		return err
	})
	if err != nil {
		p.log.Warn("the database does not answer", "error", err)
		answer(w, []string{"The database does not answer."}, nil)
		return
	}
	answer(w, []string{}, nil)
}

func answer(w http.ResponseWriter, problems, warnings []string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if len(problems) > 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(struct {
		OK       bool     `json:"ok"`
		Problems []string `json:"problems"`
		Warnings []string `json:"warnings,omitempty"`
	}{len(problems) == 0, problems, warnings})
}
