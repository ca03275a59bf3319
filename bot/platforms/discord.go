package platforms

import (
	"context"
	"fmt"
	"net"

	"legacyauth/adapters/discord"
	"legacyauth/bot/config"
	"legacyauth/bot/serve"
)

// openDiscord opens Discord as the configuration has it.
func openDiscord(c config.Config, o Options) (serve.Platform, bool, error) {
	if !c.Discord.Given() {
		return serve.Platform{}, false, nil
	}
	options, err := DiscordConfig(c, o)
	if err != nil {
		return serve.Platform{}, false, err
	}
	if at := c.Discord.Listen; at != "" {
		if options.Listener, err = new(net.ListenConfig).Listen(context.Background(), "tcp", at); err != nil {
			return serve.Platform{}, false, fmt.Errorf("discord: take requests at %s: %w; name another address with listen: under discord", at, err)
		}
	}
	p, err := discord.New(options)
	if err != nil {
		return serve.Platform{}, false, err
	}
	return serve.Platform{Name: discord.Platform, Sender: p, Surface: p}, true, nil
}

// DiscordConfig reads what the adapter needs, the token included. Nothing listens
// yet.
func DiscordConfig(c config.Config, o Options) (discord.Config, error) {
	token, err := c.Discord.ReadToken()
	if err != nil {
		return discord.Config{}, fmt.Errorf("discord: token: %w", err)
	}
	options := discord.Config{
		Token: token, Application: c.Discord.Application, PublicKey: c.Discord.Key(), Everywhere: c.Discord.Everywhere,
		API: c.Discord.API, Log: o.Log, Now: o.Now,
	}
	for _, s := range c.Discord.Servers {
		options.Servers = append(options.Servers, s.ID)
	}
	return options, nil
}
