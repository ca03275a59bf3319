package slackfake

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"time"
)

// patience is how long Slack waits for an acknowledgment, connecting how long the
// fake waits for an app to be there.
const (
	patience   = 3 * time.Second
	connecting = 5 * time.Second
)

// ErrNoAnswer is an app that did not acknowledge in time: people see
// "operation_timeout".
var ErrNoAnswer = errors.New("operation_timeout")

// Delivered is how a delivery went.
type Delivered struct {
	// Took is the time from the request on the wire to its acknowledgment there. How
	// long a crowd waits for its turn to send, and to be told, is not in it.
	Took    time.Duration
	Payload json.RawMessage // what came with the acknowledgment
}

// errNoConnection is an app that is not connected.
var errNoConnection = errors.New("no connection")

// deliver brings a payload to the app, by Socket Mode or HTTP.
func (s *Server) deliver(kind, envelope string, payload object) (Delivered, error) {
	if s.options.RequestURL != "" {
		return s.post(kind, payload)
	}
	c, err := s.connection()
	if err != nil {
		return Delivered{}, err
	}
	came := make(chan acknowledgment, 1)
	s.mu.Lock()
	if envelope == "" {
		envelope = s.id("envelope")
	}
	s.waiting[envelope] = append(s.waiting[envelope], came)
	s.mu.Unlock()
	body := object{"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": kind != "events_api"}
	began, err := c.write(body)
	if err != nil {
		return Delivered{}, fmt.Errorf("deliver: %w", err)
	}
	timer := time.NewTimer(s.options.Patience)
	defer timer.Stop()
	select {
	case a := <-came:
		return Delivered{a.at.Sub(began), a.Payload}, nil
	case <-timer.C:
		return Delivered{}, ErrNoAnswer
	case <-s.closing:
		return Delivered{}, errNoConnection
	}
}

// acknowledged tells who delivered the envelope first.
func (s *Server) acknowledged(a acknowledgment) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if all := s.waiting[a.Envelope]; len(all) > 0 {
		all[0] <- a
		s.waiting[a.Envelope] = all[1:]
	}
}

// connection waits for an app to be connected.
func (s *Server) connection() (*socket, error) {
	timer := time.NewTimer(connecting)
	defer timer.Stop()
	for {
		s.mu.Lock()
		changed := s.changed
		if n := len(s.sockets); n > 0 {
			s.count++
			c := s.sockets[s.count%n]
			s.mu.Unlock()
			return c, nil
		}
		s.mu.Unlock()
		select {
		case <-changed:
		case <-timer.C:
			return nil, errNoConnection
		case <-s.closing:
			return nil, errNoConnection
		}
	}
}

// post sends a signed request.
func (s *Server) post(kind string, payload object) (Delivered, error) {
	data, err := json.Marshal(payload)
	if err != nil {
		return Delivered{}, err
	}
	contentType := "application/x-www-form-urlencoded"
	switch kind {
	case "events_api":
		contentType = "application/json"
	case "interactive":
		data = []byte(url.Values{"payload": {string(data)}}.Encode())
	default:
		form := url.Values{}
		for name, value := range payload {
			form.Set(name, fmt.Sprint(value))
		}
		data = []byte(form.Encode())
	}
	return s.Post(data, contentType, time.Now(), SigningSecret)
}

// Post sends a body to the app's address, signed with a secret as of a time.
func (s *Server) Post(body []byte, contentType string, at time.Time, secret string) (Delivered, error) {
	var sent, came time.Time
	ctx, cancel := context.WithTimeout(httptrace.WithClientTrace(context.Background(), &httptrace.ClientTrace{
		WroteRequest:         func(httptrace.WroteRequestInfo) { sent = time.Now() },
		GotFirstResponseByte: func() { came = time.Now() },
	}), connecting+s.options.Patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.options.RequestURL, bytes.NewReader(body))
	if err != nil {
		return Delivered{}, err
	}
	r.Header.Set("Content-Type", contentType)
	stamp := strconv.FormatInt(at.Unix(), 10)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", Sign(secret, stamp, body))
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return Delivered{}, err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return Delivered{}, err
	}
	d := Delivered{came.Sub(sent), text}
	if answer.StatusCode != http.StatusOK {
		return d, StatusError(answer.StatusCode)
	}
	if d.Took > s.options.Patience {
		return d, ErrNoAnswer
	}
	return d, nil
}

// StatusError is an answer of the app that is not 200.
type StatusError int

// Error names the status.
func (e StatusError) Error() string { return "the app answered " + strconv.Itoa(int(e)) }

// Sign gives the signature of a request
// (https://docs.slack.dev/authentication/verifying-requests-from-slack, read
// 2026-11-23).
func Sign(secret, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}
