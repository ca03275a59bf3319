package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
)

const (
	// patience is the longest that one request may take.
	patience = 30 * time.Second
	// maxAnswer is the longest answer that is read: a hundred messages are far
	// shorter.
	maxAnswer = 16 << 20
)

// payload is what is sent, as it stands in the body.
type payload struct {
	kind string // media type
	body []byte
}

// written gives a value, with files if there are any, as a body.
func written(v any, files []*discordgo.File) (payload, error) {
	if len(files) > 0 {
		kind, body, err := discordgo.MultipartBodyWithJSON(v, files)
		if err != nil {
			return payload{}, fmt.Errorf("write the request: %w", err)
		}
		return payload{kind, body}, nil
	}
	body, err := json.Marshal(v)
	if err != nil {
		return payload{}, fmt.Errorf("write the request: %w", err)
	}
	return payload{"application/json", body}, nil
}

// call makes one request through discordgo and reads the answer into got unless
// that is nil. What it gives is what chat.Sender gives; the errors hold neither
// the address nor what Discord answered, since both hold tokens.
func (d *Discord) call(ctx context.Context, method, address string, p payload, got any) error {
	if err := chat.Canceled(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	a := &attempt{d: d}
	// A bucket of its own for each call: discordgo would wait in a shared one, let
	// calls stand in line behind one that hangs, and keep them all for ever.
	own := &discordgo.Bucket{}
	own.Lock()
	raw, err := d.rest.RequestWithLockedBucket(method, address, p.kind, p.body, own, 0,
		discordgo.WithContext(ctx), discordgo.WithClient(a.client()))
	if a.early != nil {
		return a.early
	}
	if a.status == 0 {
		if err == nil {
			err = errors.New("no answer")
		}
		return chat.TransportError(err)
	}
	if a.broken != nil {
		return &chat.RetryError{Maybe: true, Err: fmt.Errorf("read the answer: %w", chat.TransportError(a.broken))}
	}
	if err := explain(a.status, a.header, a.body, d.now()); err != nil {
		return err
	}
	if got == nil || a.status == http.StatusNoContent {
		return nil
	}
	if err := json.Unmarshal(raw, got); err != nil {
		return &chat.RetryError{Maybe: true, Err: errors.New("the answer is not what Discord answers")}
	}
	return nil
}

// attempt is one request on its way; it keeps what discordgo does not hand on.
type attempt struct {
	d      *Discord
	early  error // the request was not made
	status int
	header http.Header
	body   []byte
	broken error // the answer broke off
}

func (a *attempt) client() *http.Client {
	return &http.Client{
		Transport:     a,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// RoundTrip makes the request if the limits let it.
func (a *attempt) RoundTrip(r *http.Request) (*http.Response, error) {
	way := routeOf(r.Method, r.URL.Path)
	if err := a.d.limits.wait(r.Context(), way); err != nil {
		a.early = &chat.RetryError{Err: err}
		return nil, err
	}
	if err := a.d.limits.admit(way); err != nil {
		a.early = err
		return nil, err
	}
	r = r.Clone(r.Context())
	// Each attempt is one request: net/http repeats one on a reused connection that
	// breaks, if it believes that it may.
	r.GetBody = nil
	if base := a.d.base; base != nil {
		r.URL.Scheme, r.URL.Host, r.Host = base.Scheme, base.Host, base.Host
	}
	answer, err := a.d.wire.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	a.status, a.header = answer.StatusCode, answer.Header
	a.d.limits.learn(way, answer.StatusCode, answer.Header)
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	_ = answer.Body.Close()
	a.body, a.broken = body, err
	answer.Body = io.NopCloser(bytes.NewReader(body))
	answer.Header = http.Header{} // discordgo would wait for the limits in it
	return answer, nil
}
