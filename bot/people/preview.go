package people

import (
	"context"
	"fmt"

	"legacyauth/bot/people/notice"
	"legacyauth/bot/people/owners"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Preview gives the message about a client as who is told would read it now.
// Nobody is told by it.
func (p *People) Preview(ctx context.Context, client *storage.Client) (card.Card, error) {
	var out card.Card
	err := p.DB.Read(ctx, func(tx *storage.Tx) error {
		route := owners.Of(client)
		n, ok, err := tx.NoticeOf(client.Tenant, route.User, route.ID)
		if err != nil {
			return err
		}
		if !ok {
			n = storage.Notice{Tenant: client.Tenant, UserName: route.User, UserID: route.ID}
		}
		n.Showing = client.Key
		v, err := p.view(tx, &n)
		for i := range v.Clients {
			if c := &v.Clients[i]; c.Key == client.Key {
				c.Held = false // as it will be read when nothing holds it back
			}
		}
		v.Halted, v.Remind = false, p.remindAt(&n) // as if a campaign told it now
		out = notice.Card(v)
		return err
	})
	if err != nil {
		return card.Card{}, fmt.Errorf("preview a message: %w", err)
	}
	return out, nil
}
