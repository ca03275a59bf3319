package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
)

// room is what is known of a channel.
type room struct {
	server string // empty: a direct message
	person string // of a direct message
}

// rooms remembers channels: which server one belongs to does not change.
type rooms struct {
	mu    sync.Mutex
	known map[string]room
}

func (r *rooms) look(channel string) (room, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	found, ok := r.known[channel]
	return found, ok
}

func (r *rooms) add(channel string, what room) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil {
		r.known = map[string]room{}
	}
	r.known[channel] = what
}

// channel gives the id of the channel that a place stands for, once it is known
// that the bot may write there: it is on a server that is bound, or a direct
// message to somebody who wants them.
func (d *Discord) channel(ctx context.Context, p chat.Place) (string, error) {
	if err := d.checked(p); err != nil {
		return "", err
	}
	if p.Personal() {
		to, err := d.Open(ctx, p)
		return to.Channel, err
	}
	id := p.Channel
	if p.Thread != "" {
		id = p.Thread
	}
	found, err := d.room(ctx, id)
	if err != nil {
		return "", err
	}
	switch {
	case found.person != "":
		return id, d.consents(ctx, chat.Person{Platform: Platform, Workspace: p.Workspace, ID: found.person})
	case found.server != p.Workspace:
		return "", fmt.Errorf("%w: the channel is on another server than its place says", chat.ErrNoPlace)
	}
	return id, nil
}

// checked says what is wrong with a place before anything is asked.
func (d *Discord) checked(p chat.Place) error {
	switch {
	case p.Platform != Platform:
		return fmt.Errorf("%w: %s is not on Discord", chat.ErrNoPlace, p)
	case !isSnowflake(p.Workspace), p.Channel != "" && !isSnowflake(p.Channel), p.Person != "" && !isSnowflake(p.Person), p.Thread != "" && !isSnowflake(p.Thread):
		return fmt.Errorf("%w: a place on Discord is discord:SERVER:CHANNEL, each a number; turn on Developer Mode in Discord and copy them with Copy ID", chat.ErrNoPlace)
	case !d.bound(p.Workspace):
		return fmt.Errorf("%w: the server %s is bound to no tenant; name it under discord: servers: in the configuration", chat.ErrNoPlace, p.Workspace)
	}
	return nil
}

// room asks Discord once for each channel.
func (d *Discord) room(ctx context.Context, channel string) (room, error) {
	if found, ok := d.rooms.look(channel); ok {
		return found, nil
	}
	var got struct {
		Server     string `json:"guild_id"`
		Recipients []struct {
			ID string `json:"id"`
		} `json:"recipients"`
	}
	err := d.call(ctx, http.MethodGet, discordgo.EndpointChannel(channel), payload{}, &got)
	if retry := chat.Retry(err); retry != nil {
		retry.Maybe = false // no message was on its way yet
		return room{}, err
	}
	if err != nil {
		return room{}, err
	}
	found := room{server: got.Server}
	if got.Server == "" {
		if len(got.Recipients) != 1 {
			return room{}, fmt.Errorf("%w: it is no channel of a server and no direct message", chat.ErrNoPlace)
		}
		found.person = got.Recipients[0].ID
	}
	d.rooms.add(channel, found)
	return found, nil
}

// Open gives the channel of a direct message. Only somebody who asked for them
// gets one.
func (d *Discord) Open(ctx context.Context, person chat.Place) (chat.Place, error) {
	if err := d.checked(person); err != nil {
		return chat.Place{}, err
	}
	if !person.Personal() {
		return person, nil
	}
	if err := d.consents(ctx, chat.Person{Platform: Platform, Workspace: person.Workspace, ID: person.Person}); err != nil {
		return chat.Place{}, err
	}
	p, err := written(map[string]string{"recipient_id": person.Person}, nil)
	if err != nil {
		return chat.Place{}, err
	}
	var got struct {
		ID string `json:"id"`
	}
	err = d.call(ctx, http.MethodPost, discordgo.EndpointUserChannels("@me"), p, &got)
	if retry := chat.Retry(err); retry != nil {
		retry.Maybe = false
		return chat.Place{}, err
	}
	if errors.Is(err, chat.ErrNoPlace) {
		err = fmt.Errorf("%w: %w", chat.ErrUnreachable, err)
	}
	if err != nil {
		return chat.Place{}, err
	}
	if !isSnowflake(got.ID) {
		return chat.Place{}, &chat.RetryError{Err: errors.New("open a direct message: the answer names no channel")}
	}
	d.rooms.add(got.ID, room{person: person.Person})
	return chat.Place{Platform: Platform, Workspace: person.Workspace, Channel: got.ID}, nil
}

// AskConsent sets what Config.Consent did not; call it before use.
func (d *Discord) AskConsent(asked func(context.Context, chat.Person) (bool, error)) {
	d.config.Consent = asked
}

// consents gives ErrUnreachable for somebody who did not ask for direct messages.
func (d *Discord) consents(ctx context.Context, p chat.Person) error {
	wants := false
	if d.config.Consent != nil {
		var err error
		if wants, err = d.config.Consent(ctx, p); err != nil {
			return &chat.RetryError{Err: fmt.Errorf("see whether the person wants direct messages: %w", err)}
		}
	}
	if !wants {
		return fmt.Errorf("%w: they did not ask for direct messages on Discord; /legacyauth me and the panel in a channel let them", chat.ErrUnreachable)
	}
	return nil
}
