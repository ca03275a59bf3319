package people

import (
	"context"
	"slices"
	"strings"

	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/people/campaign"
	"legacyauth/detect/useragent"
	"legacyauth/storage"
)

// holdsMark is the mark of the settings that hold messages back in a tenant.
const holdsMark = "people/holds"

// SaveHolds notes which settings of a tenant hold messages back: steps that
// cannot work as long as a setting is as it is. An answer that cannot be given
// changes nothing: what held back goes on, and what did not does not begin to.
func (p *People) SaveHolds(ctx context.Context, tenant int64, items []settings.Item) error {
	return p.DB.Write(ctx, func(tx *storage.Tx) error {
		value, _, _, err := tx.Mark(tenant, holdsMark)
		if err != nil {
			return err
		}
		before := strings.Fields(value)
		var ids []string
		for _, i := range items {
			if _, ok := holding[i.ID]; ok && (i.Answer == settings.No || i.Answer == settings.CannotTell && slices.Contains(before, i.ID)) {
				ids = append(ids, i.ID)
			}
		}
		if err := noteRead(tx, tenant, items); err != nil {
			return err
		}
		return tx.SetMark(tenant, holdsMark, strings.Join(ids, " "))
	})
}

// Holds gives what holds messages back in a tenant.
func (p *People) Holds(tx *storage.Tx, tenant int64) ([]campaign.Hold, error) {
	value, _, _, err := tx.Mark(tenant, holdsMark)
	var holds []campaign.Hold
	for _, id := range strings.Fields(value) {
		if h, ok := holding[id]; ok {
			holds = append(holds, h)
		}
	}
	return holds, err
}

var (
	apple   = []useragent.Family{useragent.IPhone, useragent.IPad, useragent.IPod, useragent.MacMail}
	outlook = []useragent.Family{useragent.OutlookWindows, useragent.OutlookMac}
)

// holding are the settings without which steps cannot work, by the id of the
// item of check.
var holding = map[string]campaign.Hold{
	"apple.consent": {
		Why:      "No admin has consented to Apple's application for all users, so people who follow the steps for an iPhone, iPad or Mac would be refused: see the playbook apple-consent.",
		Families: apple,
	},
	"apple.enabled": {
		Why:      "Apple's application is switched off or limited to some people, so the steps for an iPhone, iPad or Mac would fail: see the playbook apple-consent.",
		Families: apple,
	},
	"exchange.ews-apple": {
		Why:      "Apple's application is not on the allow-list of Exchange Web Services, so Mail on a Mac would not connect: see the playbook macos-mail-ews.",
		Families: []useragent.Family{useragent.MacMail},
	},
	"exchange.modern-auth": {
		Why:      "Modern authentication is switched off for the organization, so Outlook cannot use it: see the playbook outlook-windows.",
		Families: outlook,
	},
}
