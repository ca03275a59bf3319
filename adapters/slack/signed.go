package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

const (
	// Path is where signed requests are taken, of every kind.
	Path = "/slack/events"
	// maxRequest is the longest body that is read.
	maxRequest = 1 << 20
	// replays is for how long a signature is remembered: longer than Slack's five
	// minutes either way.
	replays = 11 * time.Minute
	// maxReplays bounds what is remembered; more than that in eleven minutes is
	// refused.
	maxReplays = 200000
)

// serve takes signed HTTP requests until ctx ends.
func (d *desk) serve(ctx context.Context, l net.Listener) {
	server := &http.Server{
		Handler: &door{desk: d, seen: map[string]time.Time{}}, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
	}
	defer context.AfterFunc(ctx, func() {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), acking)
		defer cancel()
		if server.Shutdown(end) != nil {
			_ = server.Close()
		}
	})()
	if err := server.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
		d.p.trouble.set("http", "signed HTTP: "+err.Error())
		d.p.options.Log.Error("slack: nothing can be received", "error", err, "next", "legacyauth doctor tries it; start legacyauth serve again once that is mended")
	}
}

// door lets in what Slack has signed, once.
type door struct {
	desk *desk

	mu   sync.Mutex
	seen map[string]time.Time // signatures, and until when they are remembered
}

// ServeHTTP answers at once; only a form that was filled in is looked at first.
func (o *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != Path {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "only POST is taken here", http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		http.Error(w, "the body is too long or cut", http.StatusRequestEntityTooLarge)
		return
	}
	if status, why := o.check(r.Header, body); status != 0 {
		http.Error(w, why, status)
		return
	}
	o.desk.p.heard.tick()
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		o.event(w, body)
		return
	}
	o.form(w, body)
}

// check says why a request is refused; 0: it is from Slack, fresh, and new.
func (o *door) check(header http.Header, body []byte) (int, string) {
	genuine := false
	for _, i := range o.desk.p.installations {
		if i.given.SigningSecret == "" {
			continue
		}
		v, err := slack.NewSecretsVerifier(header, i.given.SigningSecret)
		if err != nil {
			continue // no signature, or one that is too old
		}
		if _, err := v.Write(body); err == nil && v.Ensure() == nil {
			genuine = true
			break
		}
	}
	if !genuine {
		return http.StatusUnauthorized, "the request is not signed by Slack, or is older than five minutes"
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	now := o.desk.p.options.Now()
	if len(o.seen) >= maxReplays/2 {
		for signature, until := range o.seen {
			if now.After(until) {
				delete(o.seen, signature)
			}
		}
	}
	signature := strings.ToLower(header.Get("X-Slack-Signature"))
	if _, again := o.seen[signature]; again {
		return http.StatusConflict, "this request was taken already"
	}
	if len(o.seen) >= maxReplays {
		return http.StatusServiceUnavailable, "too many requests"
	}
	o.seen[signature] = now.Add(replays)
	return 0, ""
}

func (o *door) event(w http.ResponseWriter, body []byte) {
	e, err := slackevents.ParseEvent(json.RawMessage(body), slackevents.OptionNoVerifyToken())
	if err != nil {
		w.WriteHeader(http.StatusOK) // nothing that we asked for
		return
	}
	if e.Type == slackevents.URLVerification {
		var challenge slackevents.ChallengeResponse
		if json.Unmarshal(body, &challenge) == nil {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			_, _ = io.Copy(w, bytes.NewReader([]byte(challenge.Challenge)))
		}
		return
	}
	v, ok := opened(e, "", o.desk.p.options.Now())
	o.desk.receive(v, ok, func(any) { w.WriteHeader(http.StatusOK) })
}

func (o *door) form(w http.ResponseWriter, body []byte) {
	values, err := url.ParseQuery(string(body))
	if err != nil {
		http.Error(w, "the body is no form", http.StatusBadRequest)
		return
	}
	now := o.desk.p.options.Now()
	switch payload := values.Get("payload"); {
	case payload != "":
		var c slack.InteractionCallback
		if err := json.Unmarshal([]byte(payload), &c); err != nil {
			http.Error(w, "the payload is no JSON", http.StatusBadRequest)
			return
		}
		v, ok := interacted(c, "", now)
		said := make(chan any, 1)
		o.desk.receive(v, ok, func(payload any) { said <- payload })
		acknowledge(w, <-said)
	case values.Get("command") != "":
		if o.desk.take(commanded(command(values), "", now)) {
			acknowledge(w, nil)
			return
		}
		acknowledge(w, map[string]string{"response_type": "ephemeral", "text": busy})
	default:
		w.WriteHeader(http.StatusOK) // ssl_check
	}
}

func acknowledge(w http.ResponseWriter, payload any) {
	if payload == nil {
		w.WriteHeader(http.StatusOK)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(payload) // Slack may have gone
}

func command(v url.Values) slack.SlashCommand {
	return slack.SlashCommand{
		TeamID: v.Get("team_id"), EnterpriseID: v.Get("enterprise_id"), ChannelID: v.Get("channel_id"), ChannelName: v.Get("channel_name"),
		UserID: v.Get("user_id"), UserName: v.Get("user_name"), Command: v.Get("command"), Text: v.Get("text"),
		ResponseURL: v.Get("response_url"), TriggerID: v.Get("trigger_id"),
	}
}
