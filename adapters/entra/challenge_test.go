package entra

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"testing"
)

// challenged makes Graph refuse the first request with a WWW-Authenticate
// header, and hands every form sent to the authority to saw.
func challenged(o Options, header string, saw func(form string)) Options {
	next, refused := o.Transport, false
	o.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			content, err := io.ReadAll(r.Body)
			if err != nil {
				return nil, err
			}
			saw(string(content))
			r.Body = io.NopCloser(bytes.NewReader(content))
		}
		if strings.HasPrefix(r.URL.Host, "graph") && !refused {
			refused = true
			return &http.Response{
				StatusCode: http.StatusUnauthorized, Proto: "HTTP/1.1", Request: r,
				Header: http.Header{"Content-Type": {"application/json"}, "Www-Authenticate": {header}},
				Body:   io.NopCloser(strings.NewReader(`{"error":{"code":"InvalidAuthenticationToken","message":"Continuous access evaluation resulted in challenge"}}`)),
			}, nil
		}
		return next.RoundTrip(r)
	})
	return o
}

// Graph's claims reach the authority, and the new token is used.
func TestClaimsChallenge(t *testing.T) {
	t.Parallel()
	claims := `{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}`
	header := `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="` + base64.StdEncoding.EncodeToString([]byte(claims)) + `"`
	var forms []string
	g := opened(t, contoso(t), challenged(quick(fake(t, nil)), header, func(form string) { forms = append(forms, form) }))
	if _, err := page(g, firstPage); err != nil {
		t.Fatal(err)
	}
	if len(forms) != 2 || !strings.Contains(forms[1], "1700000000") || !strings.Contains(forms[0], "cp1") && !strings.Contains(forms[0], "CP1") {
		t.Errorf("%d token requests", len(forms))
	}
}

// Headers that the SDK would crash on, or that hold no claims, end as a refusal.
func TestMalformedChallenges(t *testing.T) {
	t.Parallel()
	for _, header := range []string{
		"Bearer claims=abc", "Bearer claims", `Bearer claims="`, `Bearer claims="a,b"`, `bearer x=1,  claims=`, "Bearer", "Basic claims=", `Bearer claims=""`, "Bearer\tclaims=x",
	} {
		g := opened(t, contoso(t), challenged(quick(fake(t, nil)), header, func(string) {}))
		err := g.Get(context.Background(), Beta, firstPage, nil, func(io.Reader) error { return nil })
		if err != nil {
			want(t, err, CodeTokenRefused)
		}
	}
}

func TestDecodeClaims(t *testing.T) {
	t.Parallel()
	for encoded, claims := range map[string]string{
		"": "", "!": "", "bm90IEpTT04=": "", "W10=": "", "bnVsbA==": "",
		"eyJhIjoxfQ==": `{"a":1}`, "eyJhIjoxfQ": `{"a":1}`, "eyJhIjoiPz8_In0": `{"a":"???"}`,
	} {
		if got := decodeClaims(encoded); got != claims {
			t.Errorf("%q: got %q, want %q", encoded, got, claims)
		}
	}
}
