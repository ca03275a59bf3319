package slack

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"legacyauth/adapters/chat"
)

// Open gives the channel of the direct message with a person.
func (p *Platform) Open(ctx context.Context, person chat.Place) (chat.Place, error) {
	i, err := p.reach(ctx, person)
	if err != nil {
		return chat.Place{}, fmt.Errorf("open a direct message: %w", err)
	}
	channel, err := i.channel(ctx, person)
	if err != nil {
		return chat.Place{}, fmt.Errorf("open a direct message: %w", err)
	}
	return chat.Place{Platform: Name, Workspace: person.Workspace, Channel: channel, Thread: person.Thread}, nil
}

// channel is where messages for a place go.
func (i *installation) channel(ctx context.Context, to chat.Place) (string, error) {
	if to.Person == "" {
		return to.Channel, nil
	}
	channel, _, _, err := i.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{to.Person}})
	if err = before(err); err != nil {
		return "", err
	}
	if channel == nil || channel.ID == "" {
		return "", fmt.Errorf("open a direct message: %w", errNoAnswer)
	}
	return channel.ID, nil
}

// Lookup finds the person with a work address. An account that is deactivated or
// a bot's is nobody.
func (p *Platform) Lookup(ctx context.Context, workspace, email string) (chat.Person, error) {
	i, err := p.reach(ctx, chat.Place{Platform: Name, Workspace: workspace})
	if err != nil {
		return chat.Person{}, fmt.Errorf("find a person: %w", err)
	}
	u, err := i.api.GetUserByEmailContext(ctx, email)
	if err = explain(err); errors.Is(err, chat.ErrUnreachable) {
		return chat.Person{}, fmt.Errorf("find a person: %w", chat.ErrNobody)
	}
	if err != nil {
		return chat.Person{}, fmt.Errorf("find a person: %w", err)
	}
	if u.Deleted || u.IsBot || u.ID == "" {
		return chat.Person{}, fmt.Errorf("find a person: %w", chat.ErrNobody)
	}
	found := chat.Person{Platform: Name, Workspace: workspace, ID: u.ID}
	// users.lookupByEmail does not tell the language.
	if whole := p.person(ctx, i, found); whole.Email != "" {
		return whole, nil
	}
	return fill(found, u), nil
}

// personKept is how long what is known of a person is believed, and peopleKept of
// how many people it is kept.
const (
	personKept = time.Hour
	peopleKept = 10000
)

// people is what is known of people.
type people struct {
	mu    sync.Mutex
	known map[string]knownPerson
}

type knownPerson struct {
	person chat.Person
	until  time.Time
}

// person gives what Slack tells of a person: name, address, language and zone.
// What cannot be asked stays empty.
func (p *Platform) person(ctx context.Context, i *installation, of chat.Person) chat.Person {
	now := p.options.Now()
	key := of.Who()
	p.people.mu.Lock()
	known, ok := p.people.known[key]
	p.people.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.person
	}
	u, err := i.api.GetUserInfoContext(ctx, of.ID, slack.GetUserInfoOptionIncludeLocale(true))
	if err != nil {
		if ok {
			return known.person
		}
		return of
	}
	whole := fill(of, u)
	p.people.mu.Lock()
	defer p.people.mu.Unlock()
	if p.people.known == nil || len(p.people.known) >= peopleKept {
		p.people.known = map[string]knownPerson{}
	}
	p.people.known[key] = knownPerson{whole, now.Add(personKept)}
	return whole
}

func fill(of chat.Person, u *slack.User) chat.Person {
	for _, name := range []string{u.Profile.DisplayName, u.Profile.RealName, u.RealName, u.Name} {
		if name != "" {
			of.Name = name
			break
		}
	}
	of.Email, of.Locale, of.Zone = u.Profile.Email, u.Locale, u.TZ
	if strings.TrimSpace(of.Locale) == "" {
		of.Locale = ""
	}
	return of
}
