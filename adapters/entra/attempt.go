package entra

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	abs "github.com/microsoft/kiota-abstractions-go"
)

// once sends one request through the SDK. begun tells whether read was called.
func (g *Graph) once(ctx context.Context, to *url.URL, headers map[string]string, read func(io.Reader) error) (begun bool, err error) {
	request := abs.NewRequestInformation()
	request.Method = abs.GET
	request.SetUri(*to)
	request.Headers.Add("Accept", "application/json")
	for name, value := range headers {
		request.Headers.Add(name, value)
	}
	option := abs.NewRequestHandlerOption()
	option.SetResponseHandler(func(answer any, _ abs.ErrorMappings) (any, error) {
		response, ok := answer.(*http.Response)
		if !ok || response == nil {
			return nil, g.words.strange(0, to.Host)
		}
		defer finish(response.Body)
		if err := g.judge(ctx, response, to); err != nil {
			return nil, err
		}
		begun = true
		return nil, g.hand(ctx, response.Body, read)
	})
	request.AddRequestOptions([]abs.RequestOption{option})
	err = g.adapter.SendNoContent(ctx, request, nil)
	if err == nil || begun {
		return begun, err
	}
	return false, g.words.unreachable(ctx, err, to.Host)
}

// hand gives the body to read and tells an answer cut short from a reader's own
// error.
func (g *Graph) hand(ctx context.Context, from io.Reader, read func(io.Reader) error) error {
	err := read(from)
	watched, ok := from.(*body)
	if !ok || watched.failure() == nil {
		return err
	}
	var slow *Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(watched.failure(), &slow):
		return slow
	}
	return g.words.explained(CodeCutShort, "An answer of Microsoft Graph broke off before its end.", "Run the command again; a scan goes on where it stopped. If it happens often, look at the proxy or firewall on the way to Microsoft Graph.")
}

// judge explains an answer that has no result in it.
func (g *Graph) judge(ctx context.Context, answer *http.Response, to *url.URL) error {
	status := answer.StatusCode
	kind := strings.ToLower(answer.Header.Get("Content-Type"))
	switch {
	case status >= 200 && status < 300 && (kind == "" || strings.Contains(kind, "json")):
		return nil
	case status < 400:
		return g.words.strange(status, to.Host)
	}
	content, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	failure, ours := readOData(content)
	// The gateways before Graph answer in HTML when Graph does not answer them.
	if !ours && status < http.StatusInternalServerError && status != http.StatusTooManyRequests && status != http.StatusRequestTimeout {
		return g.words.strange(status, to.Host)
	}
	grants, known, _ := g.tokens.last()
	e := g.words.graphRefused(status, failure, asked{path: to.Path, grants: grants, read: known})
	e.After = retryAfter(answer.Header, g.opt.Now())
	if e.Request == "" {
		e.Request = identifier(answer.Header.Get("request-id"))
	}
	if e.Code == CodeThrottled && e.After > 0 {
		e.Reason += fmt.Sprintf(" It asks to wait %s.", e.After)
	}
	return e
}

// finish reads what little may be left, so that the connection is used again,
// and closes.
func finish(from io.ReadCloser) {
	_, _ = io.CopyN(io.Discard, from, 64<<10)
	_ = from.Close()
}
