package platforms

import (
	"context"
	"fmt"
	"net"

	"legacyauth/adapters/slack"
	"legacyauth/bot/config"
	"legacyauth/bot/serve"
)

// openSlack opens the Slack workspaces of the configuration.
func openSlack(c config.Config, o Options) (serve.Platform, bool, error) {
	if len(c.Slack) == 0 {
		return serve.Platform{}, false, nil
	}
	options, err := SlackOptions(c, o)
	if err != nil {
		return serve.Platform{}, false, err
	}
	for _, s := range c.Slack {
		if s.Listen == "" || options.Listener != nil {
			continue
		}
		if options.Listener, err = new(net.ListenConfig).Listen(context.Background(), "tcp", s.Listen); err != nil {
			return serve.Platform{}, false, fmt.Errorf("slack: take requests at %s: %w; name another address with listen: under slack", s.Listen, err)
		}
	}
	p, err := slack.New(options)
	if err != nil {
		return serve.Platform{}, false, err
	}
	return serve.Platform{Name: slack.Name, Sender: p, Surface: p}, true, nil
}

// SlackOptions reads the secrets of the Slack workspaces. Nothing listens yet.
func SlackOptions(c config.Config, o Options) (slack.Options, error) {
	options := slack.Options{Log: o.Log, Now: o.Now, RolesByGroup: c.Roles.ByGroup(slack.Name, "")}
	for _, s := range c.Slack {
		var i slack.Installation
		var err error
		if i.BotToken, err = s.ReadBotToken(); err != nil {
			return slack.Options{}, err
		}
		if i.AppToken, err = s.ReadAppToken(); err != nil {
			return slack.Options{}, err
		}
		if i.SigningSecret, err = s.ReadSigningSecret(); err != nil {
			return slack.Options{}, err
		}
		options.Installations = append(options.Installations, i)
		options.API = s.API
	}
	return options, nil
}
