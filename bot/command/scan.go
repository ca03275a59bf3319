package command

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/bot/watch"
	"legacyauth/playbooks/card"
)

// scan reads what is new in a tenant's sign-ins now.
func (b *Bot) scan() Command {
	return Command{
		Name: "scan", About: "Read the newest sign-ins now, and say how the tenant stands",
		Role: config.Helpdesk, Changes: true,
		Options: []Option{
			{Option: chat.Option{Name: "since", About: "How far back to count what is new, as in 7d; one day if left out"}, Takes: isSpan},
			tenantOption(),
		},
		Examples: []string{"scan", "scan 7d contoso"},
		Run:      b.runScan,
	}
}

// tenantOption is the tenant that a command is about; where one alone may be
// asked about it need not be named.
func tenantOption() Option {
	return Option{
		Option: chat.Option{Name: "tenant", About: "The tenant's name in the bot's configuration", Completes: true},
		Complete: func(_ context.Context, c *Call, begun string) ([]chat.Choice, error) {
			return beginning(c.Tenants, begun), nil
		},
	}
}

// tenant gives the tenant that the call is about: the named one, or the only one.
func (c *Call) tenant() (string, error) {
	name, named := c.Args["tenant"]
	if !named {
		if len(c.Tenants) == 1 {
			return c.Tenants[0], nil
		}
		return "", &Mistake{"There are several tenants here; name one of " + listed(c.Tenants) + "."}
	}
	i := slices.IndexFunc(c.Tenants, func(t string) bool { return strings.EqualFold(t, name) })
	if i < 0 {
		return "", &Mistake{unknown(name, "tenant here", c.Tenants)}
	}
	return c.Tenants[i], nil
}

func isSpan(word string) bool {
	_, err := span(word)
	return err == nil
}

// span reads a stretch of time as the command line and the configuration do.
func span(word string) (time.Duration, error) {
	d, err := config.ParseAge(strings.ToLower(word))
	if err != nil {
		return 0, noSpan(word)
	}
	return d, nil
}

func noSpan(word string) error {
	return &Mistake{quoted(word) + " is no stretch of time; write it as 36h, 7d or 4w."}
}

func (b *Bot) runScan(_ context.Context, c *Call) (chat.Answer, error) {
	tenant, err := c.tenant()
	if word := c.Args["tenant"]; err != nil && word != "" && word[0] >= '0' && word[0] <= '9' {
		return chat.Answer{}, noSpan(word)
	}
	if err != nil {
		return chat.Answer{}, err
	}
	since := 24 * time.Hour
	if word, ok := c.Args["since"]; ok {
		if since, err = span(word); err != nil {
			return chat.Answer{}, err
		}
	}
	return chat.Answer{
		Card: said("Scanning "+card.Clean(tenant), "Reading the sign-ins that are new."),
		Later: func(ctx context.Context, show func(card.Card)) (chat.Answer, error) {
			return b.scanNow(ctx, c, tenant, since, show)
		},
	}, nil
}

const (
	// glance is how often the progress of a scan is shown at most.
	glance = 3 * time.Second
	// margin is how long before the platform takes no more answers somebody who
	// waits for a scan is told that it goes on without them.
	margin = 30 * time.Second
)

func (b *Bot) scanNow(ctx context.Context, c *Call, tenant string, since time.Duration, show func(card.Card)) (chat.Answer, error) {
	progress := make(chan watch.Progress, 1)
	stop := b.Watcher.Follow(tenant, func(p watch.Progress) {
		select {
		case <-progress: // only the newest counts
		default:
		}
		select {
		case progress <- p:
		default:
		}
	})
	defer stop()
	done, err := b.scans.begin(ctx, b.Watcher, tenant)
	if errors.Is(err, errStopping) {
		return chat.Answer{Card: said("Not now", "The bot is being restarted. Try again in a minute."), Outcome: chat.Failed}, nil
	}
	if err != nil {
		return chat.Answer{}, err
	}
	tick := time.NewTicker(glance)
	defer tick.Stop()
	late, forget := lateness(ctx)
	defer forget()
	for {
		select {
		case <-ctx.Done():
			return chat.Answer{}, ctx.Err()
		case <-late:
			return chat.Answer{Card: stillScanning(tenant)}, nil
		case result := <-done:
			return b.scanDone(ctx, c, tenant, since, result)
		case <-tick.C:
			select {
			case p := <-progress:
				show(progressCard(tenant, p))
			default:
			}
		}
	}
}

// lateness gives a channel on which something comes when ctx is about to end.
func lateness(ctx context.Context) (<-chan time.Time, func()) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return nil, func() {}
	}
	timer := time.NewTimer(time.Until(deadline) - margin)
	return timer.C, func() { timer.Stop() }
}

func stillScanning(tenant string) card.Card {
	c := said("The scan of "+card.Clean(tenant)+" goes on", "It takes longer than can be waited for here. What is news goes to the places that hear of it.")
	c.Blocks = append(c.Blocks, para(card.Text("How far it is: "), typed("status")))
	return c
}

func progressCard(tenant string, p watch.Progress) card.Card {
	words := map[watch.Step]string{
		watch.Waiting:   "A scan is running already; waiting for what it finds.",
		watch.Reading:   "Reading sign-ins: " + number(int(p.Rows)) + " so far.",
		watch.Judging:   "Working out the clients of " + number(int(p.Rows)) + " sign-ins.",
		watch.Recording: "Writing down what was found.",
	}[p.Step]
	return said("Scanning "+card.Clean(tenant), words)
}

func (b *Bot) scanDone(ctx context.Context, c *Call, tenant string, since time.Duration, result scanned) (chat.Answer, error) {
	if result.err != nil {
		return chat.Answer{}, result.err
	}
	if err := b.heavy.wait(ctx); err != nil {
		return chat.Answer{}, err
	}
	defer b.heavy.leave()
	s, err := b.standingOf(ctx, tenant)
	if err != nil {
		return chat.Answer{}, err
	}
	a := chat.Answer{Card: b.summary(c, s, since)}
	if s.health.LastPass != nil && s.health.LastPass.Error != "" {
		a.Outcome = chat.Failed
	}
	return a, nil
}
