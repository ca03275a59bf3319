package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
)

// Register makes the command of each server, or of all of them, what a handler
// offers. It writes only where that differs from what is there, and takes away
// what an earlier choice of Config.Everywhere left.
func (d *Discord) Register(ctx context.Context, offered []chat.Command) error {
	want, err := described(offered, d.config.Everywhere)
	if err != nil {
		return fmt.Errorf("register the commands: %w", err)
	}
	global := discordgo.EndpointApplicationGlobalCommands(d.config.Application)
	if err := d.registerAt(ctx, global, want, d.config.Everywhere); err != nil {
		return fmt.Errorf("register the commands for all servers: %w", err)
	}
	for _, server := range d.config.Servers {
		at := discordgo.EndpointApplicationGuildCommands(d.config.Application, server)
		if err := d.registerAt(ctx, at, want, !d.config.Everywhere); err != nil {
			return fmt.Errorf("register the commands on server %s: %w; add the bot with the link of legacyauth manifest discord", server, err)
		}
	}
	return nil
}

// registerAt leaves the command as wanted, or none, at an address.
func (d *Discord) registerAt(ctx context.Context, address string, want registered, wanted bool) error {
	var there []registered
	if err := d.patiently(ctx, func() error { return d.call(ctx, http.MethodGet, address, payload{}, &there) }); err != nil {
		return err
	}
	all := []registered{}
	if wanted {
		all = append(all, want)
	}
	if same(there, all) {
		return nil
	}
	p, err := written(all, nil)
	if err != nil {
		return err
	}
	return d.patiently(ctx, func() error { return d.call(ctx, http.MethodPut, address, p, nil) })
}

// same compares as written: what Discord adds to a command is not read.
func same(a, b []registered) bool {
	if len(a) != len(b) {
		return false
	}
	one, err := json.Marshal(a)
	two, fault := json.Marshal(b)
	return err == nil && fault == nil && bytes.Equal(one, two)
}
