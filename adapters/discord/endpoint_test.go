package discord_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/discord/discordfake"
)

// signed is an interaction as Discord posts it: a command of Anna's.
func signed(id, application string) []byte {
	raw, _ := json.Marshal(map[string]any{ //nolint:errchkjson // of what can be written
		"id": id, "application_id": application, "type": 2, "token": "token-" + id, "version": 1, "guild_id": server, "channel_id": general,
		"member": map[string]any{"user": map[string]any{"id": anna}, "roles": []any{}}, "data": words("quick"),
	})
	return raw
}

// TestEndpointTakesOnlyWhatDiscordSigned probes the endpoint as Discord does when
// its address is saved, and as somebody else would.
func TestEndpointTakesOnlyWhatDiscordSigned(t *testing.T) {
	t.Parallel()
	ping := []byte(`{"id":"5","application_id":"` + discordfake.Application + `","type":1,"token":"t","version":1}`)
	good := signed("500000000000000001", discordfake.Application)
	tests := map[string]struct {
		body  []byte
		at    time.Duration
		spoil func(*http.Request)
		want  int
		says  string
		runs  int // requests that the bot handles
	}{
		"a ping":                  {body: ping, want: 200, says: `{"type":1}`},
		"a command":               {body: good, want: 200, says: `"type":4`, runs: 1},
		"four minutes old":        {body: good, at: -4 * time.Minute, want: 200, runs: 1},
		"six minutes old":         {body: good, at: -6 * time.Minute, want: 401},
		"six minutes ahead":       {body: good, at: 6 * time.Minute, want: 401},
		"for another application": {body: signed("5", "900000000000000009"), want: 403},
		"not JSON":                {body: []byte("{"), want: 400},
		"no signature":            {body: ping, spoil: func(r *http.Request) { r.Header.Del("X-Signature-Ed25519") }, want: 401},
		"no time":                 {body: ping, spoil: func(r *http.Request) { r.Header.Del("X-Signature-Timestamp") }, want: 401},
		"a signature of zeros":    {body: ping, spoil: func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", strings.Repeat("0", 128)) }, want: 401},
		"a signature cut short":   {body: ping, spoil: func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", r.Header.Get("X-Signature-Ed25519")[:64]) }, want: 401},
		"a signature of letters":  {body: ping, spoil: func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", "zz") }, want: 401},
		"another time":            {body: ping, spoil: func(r *http.Request) { r.Header.Set("X-Signature-Timestamp", "1") }, want: 401},
		"another body": {body: good, spoil: func(r *http.Request) {
			other := bytes.ReplaceAll(good, []byte(anna), []byte(bert))
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(other)), int64(len(other))
		}, want: 401},
		"a body of two megabytes": {body: append([]byte(`{"type":1,"x":"`), append(bytes.Repeat([]byte("x"), 2<<20), `"}`...)...), want: 401},
		"GET":                     {body: nil, spoil: func(r *http.Request) { r.Method = http.MethodGet }, want: 405},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := play(t, fake(t), true, handler{handle: actor(nil)}, nil)
			r, err := s.Signed(t.Context(), s.endpoint, tt.body, s.Now().Add(tt.at))
			if err != nil {
				t.Fatal(err)
			}
			if tt.spoil != nil {
				tt.spoil(r)
			}
			if status, text := posted(t, r); status != tt.want || !strings.Contains(text, tt.says) {
				t.Errorf("answered %d: %s", status, text)
			}
			if n := len(s.handled); n != tt.runs {
				t.Errorf("%d requests are handled, want %d", n, tt.runs)
			}
			if tt.want == http.StatusUnauthorized && !s.bot.Heard().IsZero() {
				t.Error("what Discord did not sign counts as heard from it")
			}
		})
	}
}

// TestReplayIsRefused sends what was signed once more.
func TestReplayIsRefused(t *testing.T) {
	t.Parallel()
	s := play(t, fake(t), true, handler{handle: actor(nil)}, nil)
	body, at := signed("500000000000000001", discordfake.Application), s.Now()
	var got []int
	for range 3 {
		r, err := s.Signed(t.Context(), s.endpoint, body, at)
		if err != nil {
			t.Fatal(err)
		}
		status, _ := posted(t, r)
		got = append(got, status)
	}
	if fmt.Sprint(got) != "[200 401 401]" || len(s.handled) != 1 {
		t.Errorf("answered %v, %d handled", got, len(s.handled))
	}
}

func posted(t *testing.T, r *http.Request) (status int, text string) {
	t.Helper()
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(raw)
}
