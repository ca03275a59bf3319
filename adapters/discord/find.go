package discord

import (
	"context"
	"fmt"
	"net/http"
	"sync"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
)

// farBack is how many messages Discord gives at once, which is as far as Find
// looks.
const farBack = 100

// listed is what Find reads of a message.
type listed struct {
	ID     string `json:"id"`
	Author struct {
		ID string `json:"id"`
	} `json:"author"`
	Components []struct {
		ID         int `json:"id"`
		Components []struct {
			Type       discordgo.ComponentType `json:"type"`
			ID         int                     `json:"id"`
			Components []struct {
				ID int `json:"id"`
			} `json:"components"`
		} `json:"components"`
	} `json:"components"`
}

// Find looks for the message's key among the last hundred of its place.
func (d *Discord) Find(ctx context.Context, m chat.Message) (chat.Ref, bool, error) {
	if err := m.Check(); err != nil {
		return "", false, err
	}
	channel, err := d.channel(ctx, m.To)
	if err != nil {
		return "", false, fmt.Errorf("find: %w", err)
	}
	self, err := d.whoAmI(ctx)
	if err != nil {
		return "", false, fmt.Errorf("find: %w", err)
	}
	var all []listed
	if err := d.call(ctx, http.MethodGet, fmt.Sprintf("%s?limit=%d", discordgo.EndpointChannelMessages(channel), farBack), payload{}, &all); err != nil {
		return "", false, fmt.Errorf("find: %w", err)
	}
	want := markOf(m.Key, m.To.Workspace)
	for _, l := range all {
		if got, ok := l.mark(); ok && got.key == want.key && l.Author.ID == self && isSnowflake(l.ID) {
			return ref(channel, l.ID), true, nil
		}
	}
	return "", false, nil
}

// mark is what the message keeps of its key: in its container, and in the first
// text of that, which may stand beside a button.
func (l listed) mark() (mark, bool) {
	if len(l.Components) != 1 {
		return mark{}, false
	}
	for _, inside := range l.Components[0].Components {
		id := inside.ID
		if inside.Type == discordgo.SectionComponent && len(inside.Components) > 0 {
			id = inside.Components[0].ID
		}
		if m, ok := read(l.Components[0].ID, id); ok {
			return m, true
		}
	}
	return mark{}, false
}

// selfID is the bot's own user, which is asked for once.
type selfID struct {
	mu sync.Mutex
	id string
}

func (d *Discord) whoAmI(ctx context.Context) (string, error) {
	d.self.mu.Lock()
	known := d.self.id
	d.self.mu.Unlock()
	if known != "" {
		return known, nil
	}
	var got struct {
		ID string `json:"id"`
	}
	if err := d.call(ctx, http.MethodGet, discordgo.EndpointUser("@me"), payload{}, &got); err != nil {
		return "", err
	}
	d.self.mu.Lock()
	defer d.self.mu.Unlock()
	d.self.id = got.ID
	return got.ID, nil
}
