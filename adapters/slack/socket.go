package slack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"legacyauth/adapters/chat"
)

const (
	// maxEnvelope is the longest message that is read from a connection.
	maxEnvelope = 4 << 20
	// acking is how long an acknowledgment may wait for the connection.
	acking = 3 * time.Second
	// refusedAgain is how long a connection that Slack refuses is left alone; it is
	// tried again since a token can be mended.
	refusedAgain = time.Minute
)

// sockets are the installations that receive by Socket Mode, by app token.
func (p *Platform) sockets() map[string][]*installation {
	all := map[string][]*installation{}
	for _, i := range p.installations {
		if token := i.given.AppToken; token != "" {
			all[token] = append(all[token], i)
		}
	}
	return all
}

// socket keeps one connection until ctx ends. The SDK reconnects when Slack says
// so, when the connection breaks and when no ping came for a while, waiting longer
// each time it fails; what it takes as final is tried again here.
func (d *desk) socket(ctx context.Context, token string, of []*installation) {
	for ctx.Err() == nil {
		client := socketmode.New(of[0].api, socketmode.OptionPingInterval(d.p.options.Silence),
			socketmode.OptionReadLimit(maxEnvelope), socketmode.OptionDialer(d.p.dialer()))
		ended := make(chan error, 1)
		go func() { ended <- client.RunContext(ctx) }()
		err := d.listen(client, ended, token)
		if ctx.Err() != nil {
			return
		}
		d.disturbed(token, explain(err))
		if !pause(ctx, refusedAgain) {
			return
		}
	}
}

// listen hands on what comes until the client ends.
func (d *desk) listen(client *socketmode.Client, ended <-chan error, token string) error {
	for {
		select {
		case err := <-ended:
			return err
		case e := <-client.Events:
			d.hear(client, e, token)
		}
	}
}

// hear is called for one event at a time and does not wait for anything but the
// acknowledgment to be queued.
func (d *desk) hear(client *socketmode.Client, e socketmode.Event, token string) {
	ack := func(payload any) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(d.ctx), acking)
		defer cancel()
		if err := client.AckCtx(ctx, e.Request.EnvelopeID, payload); err != nil {
			d.p.options.Log.Warn("slack: a request could not be acknowledged", "error", err)
		}
	}
	now := d.p.options.Now()
	switch data := e.Data.(type) {
	case slack.SlashCommand:
		if d.take(commanded(data, e.Request.EnvelopeID, now)) {
			ack(nil)
		} else {
			ack(map[string]string{"response_type": "ephemeral", "text": busy})
		}
	case slack.InteractionCallback:
		v, ok := interacted(data, e.Request.EnvelopeID, now)
		d.receive(v, ok, ack)
	case slackevents.EventsAPIEvent:
		v, ok := opened(data, e.Request.EnvelopeID, now)
		d.receive(v, ok, ack)
	case *socketmode.ConnectedEvent:
		if d.p.trouble.set(token, "") {
			d.p.options.Log.Info("slack: connected")
		}
		d.catchUp()
	case *slack.ConnectionErrorEvent:
		d.disturbed(token, explain(data.ErrorObj))
	default:
		if e.Request != nil && e.Request.EnvelopeID != "" {
			ack(nil) // nothing that we asked for
		}
	}
}

// receive takes what is no typed command. A form that was filled in is
// acknowledged when it has been looked at, everything else at once.
func (d *desk) receive(v visit, ok bool, ack func(payload any)) {
	if ok && v.submitted {
		v.acknowledge = ack
		if !d.take(v) {
			ack(v.wrong(map[string]string{v.anyField(): busy}))
		}
		return
	}
	ack(nil)
	if ok && !d.take(v) {
		d.refuse(v)
	}
}

// disturbed says once what is wrong with a connection.
func (d *desk) disturbed(token string, err error) {
	if err == nil {
		return
	}
	what := "Socket Mode: " + err.Error()
	if errors.Is(err, chat.ErrCredentials) {
		what = fmt.Sprintf("Socket Mode: Slack refuses the app token (xapp-…), which is made under Basic Information > App-Level Tokens with the scope connections:write: %v", err)
	}
	if d.p.trouble.set(token, what) {
		d.p.options.Log.Error("slack: nothing can be received", "error", what, "next", "legacyauth doctor tries the tokens; start legacyauth serve again once that is mended")
	}
}

// dialer makes connections that remember when anything came, pings included.
func (p *Platform) dialer() *websocket.Dialer {
	base := &net.Dialer{Timeout: 10 * time.Second}
	return &websocket.Dialer{
		HandshakeTimeout: 10 * time.Second,
		// Slack does not put together answers that come in pieces.
		WriteBufferSize: 32 << 10,
		NetDialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := base.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &listened{Conn: c, heard: p.heard}, nil
		},
	}
}

// listened is a connection that remembers when anything came.
type listened struct {
	net.Conn
	heard *clock
}

// Read reads and remembers.
func (c *listened) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if n > 0 {
		c.heard.tick()
	}
	return n, err
}
