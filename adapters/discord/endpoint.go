package discord

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	// maxBody is far above every interaction.
	maxBody = 1 << 20
	// maxAge is how old a signed request may be, or how far ahead.
	maxAge = 5 * time.Minute
	// firstLife is how long a request waits for the first answer; Discord waits
	// three seconds.
	firstLife = 2800 * time.Millisecond
)

// serve takes interactions over HTTP until ctx ends.
func (r *receiver) serve(ctx context.Context) error {
	server := &http.Server{
		Handler: r, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second,
		ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(r.d.config.Listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err := server.Shutdown(closing)
	if end := <-ended; !errors.Is(end, http.ErrServerClosed) {
		err = errors.Join(err, end)
	}
	return err
}

// ServeHTTP takes one signed request. A wrong signature, an old time and a repeat
// are answered 401, as Discord expects of an endpoint that it tries.
func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	if q.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "only POST", http.StatusMethodNotAllowed)
		return
	}
	q.Body = http.MaxBytesReader(w, q.Body, maxBody)
	if !r.timely(q.Header.Get("X-Signature-Timestamp")) || !discordgo.VerifyInteraction(q, r.d.config.PublicKey) {
		http.Error(w, "the signature is not Discord's, or is old", http.StatusUnauthorized)
		return
	}
	raw, err := io.ReadAll(q.Body)
	if err != nil {
		http.Error(w, "the request cannot be read", http.StatusBadRequest)
		return
	}
	r.d.heard.set(r.d.now())
	in, err := readInteraction(raw)
	switch {
	case err != nil:
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	case in.Type == discordgo.InteractionPing:
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"type":1}`)
		return
	case in.Application != r.d.config.Application:
		http.Error(w, "this is for another application", http.StatusForbidden)
		return
	case !r.once(in):
		http.Error(w, "this was delivered before", http.StatusUnauthorized)
		return
	}
	r.inline(w, in)
}

// timely says whether a signature was made about now.
func (r *receiver) timely(stamp string) bool {
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	return err == nil && r.d.now().Sub(time.Unix(seconds, 0)).Abs() <= maxAge
}

// inline gives the first answer in the answer to the request, or where that is over,
// by a request of its own.
func (r *receiver) inline(w http.ResponseWriter, in *interaction) {
	type handed struct {
		payload
		written chan struct{} // closed when it is on its way
	}
	answers, over, ended := make(chan handed), make(chan struct{}), make(chan struct{})
	defer close(over)
	r.work.Go(func() {
		defer close(ended)
		r.take(in, func(ctx context.Context, c callback) error {
			p, err := c.payload()
			if err != nil {
				return err
			}
			h := handed{p, make(chan struct{})}
			select {
			case answers <- h:
				<-h.written
				return nil
			case <-over:
				return r.d.respond(ctx, in, c)
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
	timer := time.NewTimer(firstLife)
	defer timer.Stop()
	select {
	case h := <-answers:
		w.Header().Set("Content-Type", h.kind)
		w.Header().Set("Content-Length", strconv.Itoa(len(h.body)))
		_, _ = w.Write(h.body)
		_ = http.NewResponseController(w).Flush()
		close(h.written)
	case <-ended: // somebody else answers
		w.WriteHeader(http.StatusAccepted)
	case <-timer.C:
		w.WriteHeader(http.StatusAccepted)
	}
}
