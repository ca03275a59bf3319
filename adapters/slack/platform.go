package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"legacyauth/adapters/chat"
)

// Name is the platform's name in places.
const Name = "slack"

// Installation is the app as it is installed in one workspace, or in a whole
// Enterprise Grid organization.
type Installation struct {
	// BotToken begins with xoxb-.
	BotToken string
	// AppToken begins with xapp- and opens Socket Mode; empty: requests come by
	// HTTP. Installations with the same one share a connection.
	AppToken string
	// SigningSecret proves that an HTTP request comes from Slack; empty: Socket
	// Mode.
	SigningSecret string
}

// Options are what a Platform needs. Installations, Log and Now must be set.
type Options struct {
	Installations []Installation
	// Listener takes signed HTTP requests; nil where no installation has a signing
	// secret. Run closes it.
	Listener net.Listener
	Log      *slog.Logger
	Now      func() time.Time

	// RolesByGroup says that user groups are given roles, which the app has to be
	// allowed to read then.
	RolesByGroup bool
	// API is the address of the Web API, with a slash at its end; empty: Slack's.
	API string
	// Workers is how many requests are handled at a time, Queue how many more
	// wait; 0: the usual numbers.
	Workers, Queue int
	// Silence is after how long without a sign of life a connection is given up;
	// 0: the usual 30 seconds, in which Slack sends several.
	Silence time.Duration
}

// The usual options.
const (
	usualWorkers = 16
	usualQueue   = 500
	usualSilence = 30 * time.Second
)

// callTimeout is the longest that one call of the Web API may take.
const callTimeout = 30 * time.Second

// Platform is Slack: a Sender with all optional abilities, and a Surface.
type Platform struct {
	options       Options
	installations []*installation
	http          *http.Client
	heard         *clock
	people        people
	groups        groups
	trouble       trouble
	uses          uses
	following     following
}

// New gets ready; it asks nobody.
func New(o Options) (*Platform, error) {
	if len(o.Installations) == 0 {
		return nil, errors.New("slack: no installation is given")
	}
	if o.API == "" {
		o.API = slack.APIURL
	}
	if o.Workers <= 0 {
		o.Workers = usualWorkers
	}
	if o.Queue <= 0 {
		o.Queue = usualQueue
	}
	if o.Silence <= 0 {
		o.Silence = usualSilence
	}
	p := &Platform{options: o, heard: &clock{now: o.Now}}
	p.http = &http.Client{
		Timeout:       callTimeout,
		Transport:     &transport{base: newTransport(), now: o.Now},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	for i, given := range o.Installations {
		if err := given.check(); err != nil {
			return nil, fmt.Errorf("slack: installation %d: %w", i+1, err)
		}
		if given.SigningSecret != "" && o.Listener == nil {
			return nil, fmt.Errorf("slack: installation %d: a signing secret needs an address to listen on", i+1)
		}
		p.installations = append(p.installations, &installation{
			given: given,
			api: slack.New(given.BotToken, slack.OptionAPIURL(o.API), slack.OptionHTTPClient(p.http),
				slack.OptionAppLevelToken(given.AppToken)),
		})
	}
	return p, nil
}

// check says what is wrong with the tokens, without quoting one.
func (i Installation) check() error {
	switch {
	case !strings.HasPrefix(i.BotToken, "xoxb-"):
		return errors.New("the bot token does not begin with xoxb-: copy the Bot User OAuth Token of the app's page OAuth & Permissions")
	case i.AppToken == "" && i.SigningSecret == "":
		return errors.New("neither an app token (for Socket Mode) nor a signing secret (for HTTP) is given")
	case i.AppToken != "" && i.SigningSecret != "":
		return errors.New("both an app token and a signing secret are given: name one, for Socket Mode or for HTTP")
	case i.AppToken != "" && !strings.HasPrefix(i.AppToken, "xapp-"):
		return errors.New("the app token does not begin with xapp-: make one under Basic Information > App-Level Tokens with the scope connections:write")
	}
	return nil
}

// Pace is Slack's: one message a second to a channel, and several hundred a
// minute altogether (https://docs.slack.dev/apis/web-api/rate-limits, read
// 2026-11-23).
func (p *Platform) Pace() chat.Pace {
	return chat.Pace{Place: chat.Rate{Count: 1, Per: time.Second}, All: chat.Rate{Count: 5, Per: time.Second}}
}

// Heard is when anything was last received from Slack: an event or a ping. An
// answer to an own call is none: sending may work where receiving does not.
func (p *Platform) Heard() time.Time { return p.heard.last() }

// installed gives the installation that reaches a workspace, by the workspace's
// id, else the one of its organization.
func (p *Platform) installed(ctx context.Context, workspace, organization string) (*installation, error) {
	var wide []*installation
	var failed error
	for _, i := range p.installations {
		who, err := i.identify(ctx)
		switch {
		case err != nil:
			failed = errors.Join(failed, err)
		case who.workspace == workspace && !who.wide:
			return i, nil
		case who.wide && (organization == "" || who.organization == organization):
			wide = append(wide, i)
		}
	}
	if len(wide) == 1 {
		return wide[0], nil
	}
	if failed != nil {
		return nil, failed
	}
	return nil, fmt.Errorf("%w: the app is not installed in the workspace %q", chat.ErrNoPlace, clean(workspace))
}

// reach gives the installation for a place.
func (p *Platform) reach(ctx context.Context, to chat.Place) (*installation, error) {
	if to.Platform != Name {
		return nil, fmt.Errorf("%w: %s is not in Slack", chat.ErrNoPlace, to)
	}
	if err := chat.Canceled(ctx); err != nil {
		return nil, err
	}
	return p.installed(ctx, to.Workspace, "")
}
