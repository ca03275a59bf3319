package people

import (
	"context"
	"slices"
	"strings"

	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/checkup"
	"legacyauth/bot/people/campaign"
	"legacyauth/storage"
)

// readMark is the mark of the settings of a tenant that could be read once, of
// those that hold messages back.
const readMark = "people/holds-read"

// noteRead notes which settings were answered.
func noteRead(tx *storage.Tx, tenant int64, items []settings.Item) error {
	value, _, _, err := tx.Mark(tenant, readMark)
	if err != nil {
		return err
	}
	read := strings.Fields(value)
	for _, i := range items {
		if _, ok := holding[i.ID]; ok && i.Answer != settings.CannotTell && i.Answer != "" {
			read = append(read, i.ID)
		}
	}
	slices.Sort(read)
	return tx.SetMark(tenant, readMark, strings.Join(slices.Compact(read), " "))
}

// Unread says which settings that could hold back messages about clients are not
// known, so that they hold nobody back; a sentence for admins each.
func (p *People) Unread(ctx context.Context, tenant int64, plan campaign.Plan) ([]string, error) {
	var all []string
	err := p.DB.Read(ctx, func(tx *storage.Tx) (err error) {
		all, err = p.unread(tx, tenant, plan)
		return err
	})
	return all, err
}

func (p *People) unread(tx *storage.Tx, tenant int64, plan campaign.Plan) ([]string, error) {
	value, _, _, err := tx.Mark(tenant, readMark)
	if err != nil {
		return nil, err
	}
	held, _, _, err := tx.Mark(tenant, holdsMark)
	if err != nil {
		return nil, err
	}
	readings, err := checkup.Kept(tx, tenant)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, u := range unreads {
		// What holds somebody back says itself how old it is.
		if slices.Contains(strings.Fields(held), u.id) || !touches(plan, holding[u.id]) {
			continue
		}
		switch {
		case u.file:
			reading, told := kept(readings, u.id)
			if words := unreadOf(u.about, reading, told, p.Now()); words != "" {
				all = append(all, words)
			}
		case !slices.Contains(strings.Fields(value), u.id):
			all = append(all, u.about+" was not read yet: check says it, and serve reads it each hour where it may ask the tenant.")
		}
	}
	return all, nil
}

func touches(plan campaign.Plan, h campaign.Hold) bool {
	return slices.ContainsFunc(plan.People, func(person campaign.Person) bool {
		return slices.ContainsFunc(person.Clients, func(c storage.Client) bool { return h.Holds(&c.Client) })
	})
}

// unreads says of each setting of holding what it is about, and whether only a file
// tells it.
var unreads = []struct {
	id, about string
	file      bool
}{
	{"apple.consent", "Whether an admin has consented to Apple's application", false},
	{"apple.enabled", "Whether Apple's application is switched on for everybody", false},
	{"exchange.ews-apple", "Whether Exchange Web Services let Apple's application in", true},
	{"exchange.ews-organization", "Whether Exchange Web Services are on for the organization", true},
	{"exchange.modern-auth", "Whether modern authentication is on for Outlook", true},
}
