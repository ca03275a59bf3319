package chat_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestStatusError(t *testing.T) {
	t.Parallel()
	type want struct {
		retry, maybe bool
		after        time.Duration
		is           error
	}
	tests := map[string]struct {
		status int
		after  string
		want   want
	}{
		"too many":             {429, "7", want{retry: true, after: 7 * time.Second}},
		"too many, fraction":   {429, "0.25", want{retry: true, after: 250 * time.Millisecond}},
		"too many, date":       {429, "Mon, 23 Nov 2026 12:01:00 GMT", want{retry: true, after: time.Minute}},
		"too many, past date":  {429, "Mon, 23 Nov 2026 11:01:00 GMT", want{retry: true}},
		"too many, for ever":   {429, "1e300", want{retry: true, after: time.Hour}},
		"too many, infinity":   {429, "Inf", want{retry: true, after: time.Hour}},
		"too many, nonsense":   {429, "NaN", want{retry: true}},
		"too many, negative":   {429, "-5", want{retry: true}},
		"too many, words":      {429, "soon", want{retry: true}},
		"too many, silent":     {429, "", want{retry: true}},
		"internal":             {500, "", want{retry: true, maybe: true}},
		"gateway":              {502, "", want{retry: true, maybe: true}},
		"unavailable":          {503, "", want{retry: true, maybe: true}},
		"unavailable, for now": {503, "2", want{retry: true, after: 2 * time.Second}},
		"gateway timeout":      {504, "", want{retry: true, maybe: true}},
		"request timeout":      {408, "", want{retry: true, maybe: true}},
		"not let in":           {401, "", want{retry: true, is: chat.ErrCredentials}},
		"forbidden":            {403, "", want{is: chat.ErrNoPlace}},
		"not found":            {404, "", want{is: chat.ErrNoPlace}},
		"gone":                 {410, "", want{is: chat.ErrNoPlace}},
		"bad request":          {400, "", want{}},
		"too large":            {413, "", want{}},
		"redirect":             {302, "", want{}},
		"unknown":              {799, "", want{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			header := http.Header{}
			if tt.after != "" {
				header.Set("Retry-After", tt.after)
			}
			err := chat.StatusError(tt.status, header, noon)
			if err == nil {
				t.Fatal("no error")
			}
			got := want{is: tt.want.is}
			if retry := chat.Retry(err); retry != nil {
				got.retry, got.maybe, got.after = true, retry.Maybe, retry.After
			}
			if got != tt.want {
				t.Errorf("%v: %+v, want %+v", err, got, tt.want)
			}
			for _, is := range []error{chat.ErrNoPlace, chat.ErrCredentials, chat.ErrUnreachable} {
				if want := tt.want.is != nil && errors.Is(tt.want.is, is); errors.Is(err, is) != want {
					t.Errorf("errors.Is(%v, %v) = %v", err, is, errors.Is(err, is))
				}
			}
		})
	}
	for _, status := range []int{200, 201, 202, 204} {
		if err := chat.StatusError(status, nil, noon); err != nil {
			t.Errorf("StatusError(%d) = %v", status, err)
		}
	}
}

func TestTransportError(t *testing.T) {
	t.Parallel()
	const secret = "canary-1f7e"
	hang := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the client leaves
		<-r.Context().Done()
	}))
	t.Cleanup(hang.Close)
	dropped := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(dropped.Close)
	foreign := httptest.NewTLSServer(http.NotFoundHandler())
	foreign.Config.ErrorLog = nil
	t.Cleanup(foreign.Close)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()

	tests := map[string]struct {
		url   string
		limit time.Duration
		maybe bool
	}{
		"refused":         {"http://" + closed.Addr().String(), 0, false},
		"foreign TLS":     {foreign.URL, 0, false},
		"no TLS":          {"https" + strings.TrimPrefix(dropped.URL, "http"), 0, false},
		"dropped":         {dropped.URL, 0, true},
		"silent":          {hang.URL, 50 * time.Millisecond, true},
		"no such address": {"http://name.invalid.:1", 0, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			transport := &http.Transport{TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}}
			t.Cleanup(transport.CloseIdleConnections)
			if name == "no such address" {
				transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
					return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "name.invalid.", IsNotFound: true}}
				}
			}
			client := &http.Client{Transport: transport, Timeout: tt.limit}
			answer, err := client.Post(tt.url+"/hook/"+secret, "text/plain", strings.NewReader("x"))
			if err == nil {
				_ = answer.Body.Close()
				t.Fatal("no error")
			}
			if !strings.Contains(err.Error(), secret) {
				t.Fatalf("net/http does not quote the address any more: %v", err)
			}
			got := chat.TransportError(fmt.Errorf("post: %w", err))
			retry := chat.Retry(got)
			if retry == nil || retry.Maybe != tt.maybe {
				t.Errorf("%v: %+v, want a RetryError with Maybe %v", got, retry, tt.maybe)
			}
			if strings.Contains(got.Error(), secret) {
				t.Errorf("the error holds the address: %v", got)
			}
		})
	}
	if err := chat.TransportError(nil); err != nil {
		t.Errorf("TransportError(nil) = %v", err)
	}
}

func TestRetryFindsWhatIsWrapped(t *testing.T) {
	t.Parallel()
	inner := &chat.RetryError{After: time.Minute, Maybe: true, Err: io.ErrUnexpectedEOF}
	err := fmt.Errorf("send: %w", inner)
	if chat.Retry(err) != inner {
		t.Errorf("Retry(%v) = %v", err, chat.Retry(err))
	}
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error("what happened is not in the chain")
	}
	if want := "send: unexpected EOF (it may have arrived); try again in 1m0s"; err.Error() != want {
		t.Errorf("Error() = %q, want %q", err, want)
	}
	if chat.Retry(chat.ErrNoPlace) != nil || chat.Retry(nil) != nil {
		t.Error("Retry finds a RetryError where none is")
	}
}

func TestCanceled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	if err := chat.Canceled(ctx); err != nil {
		t.Errorf("before: %v", err)
	}
	cancel()
	err := chat.Canceled(ctx)
	if retry := chat.Retry(err); retry == nil || retry.Maybe || !errors.Is(err, context.Canceled) {
		t.Errorf("after: %v", err)
	}
}
