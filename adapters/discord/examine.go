package discord

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
)

// Examine tries the token, the application, and each server with its commands. It
// changes nothing and listens nowhere.
func Examine(ctx context.Context, c Config) ([]chat.Finding, error) {
	c.Listener = nil
	d, err := New(c)
	if err != nil {
		return nil, err
	}
	all := []chat.Finding{d.examineApplication(ctx)}
	if all[0].Err != nil {
		return all, nil
	}
	for _, server := range c.Servers {
		all = append(all, d.examineServer(ctx, server))
	}
	return all, nil
}

func (d *Discord) examineApplication(ctx context.Context) chat.Finding {
	f := chat.Finding{Name: "token and application", Detail: "Discord knows the token, and it is the application's"}
	var got struct {
		ID  string `json:"id"`
		Key string `json:"verify_key"`
	}
	err := d.call(ctx, http.MethodGet, discordgo.EndpointApplication("@me"), payload{}, &got)
	key, _ := hex.DecodeString(got.Key) // what is no key is none
	switch {
	case errors.Is(err, chat.ErrCredentials):
		f.Err = fmt.Errorf("%w; make a new token on the Bot page of the developer portal and set it where the configuration says", err)
	case err != nil:
		f.Err = err
	case got.ID != d.config.Application:
		f.Err = fmt.Errorf("the token is that of application %s; write application: %q, or use the token of the other", got.ID, got.ID)
	case len(d.config.PublicKey) > 0 && !bytes.Equal(key, d.config.PublicKey):
		f.Err = errors.New("the public key is not the application's; copy it from the General Information page of the developer portal")
	}
	return f
}

func (d *Discord) examineServer(ctx context.Context, server string) chat.Finding {
	f := chat.Finding{Name: "server " + server, Detail: "the bot is there, and so are its commands"}
	if err := d.call(ctx, http.MethodGet, discordgo.EndpointGuild(server), payload{}, nil); err != nil {
		f.Err = fmt.Errorf("%w; open the link of legacyauth manifest discord and add the bot to this server", err)
		return f
	}
	address := discordgo.EndpointApplicationGuildCommands(d.config.Application, server)
	if d.config.Everywhere {
		address = discordgo.EndpointApplicationGlobalCommands(d.config.Application)
	}
	var there []registered
	if err := d.call(ctx, http.MethodGet, address, payload{}, &there); err != nil {
		f.Err = fmt.Errorf("%w; add the bot again with the link of legacyauth manifest discord: it asks for applications.commands", err)
		return f
	}
	if len(there) == 0 {
		f.Warn, f.Detail = true, "the bot is there; its commands are registered when legacyauth serve starts"
	}
	return f
}
