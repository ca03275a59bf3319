package people

import (
	"legacyauth/bot/people/owners"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// Playbook gives the steps that the message about a client would show to whoever
// is told.
func (p *People) Playbook(client *storage.Client) *playbooks.Playbook {
	return p.playbook(client, owners.Of(client))
}
