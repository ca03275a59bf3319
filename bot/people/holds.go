package people

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/people/campaign"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/storage"
)

// holdsMark is the mark of the settings that hold messages back in a tenant.
const holdsMark = "people/holds"

// SaveHolds notes which settings of a tenant hold messages back: steps that
// cannot work as long as a setting is as it is. An answer that cannot be given
// changes nothing: what held back goes on, and what did not does not begin to.
func (p *People) SaveHolds(ctx context.Context, tenant int64, items []settings.Item) error {
	save := func(tx *storage.Tx) error {
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
	}
	return p.DB.Write(ctx, func(tx *storage.Tx) error {
		before, _, _, err := tx.Mark(tenant, holdsMark)
		if err == nil {
			err = save(tx)
		}
		if err == nil {
			err = p.noteEnded(tx, tenant, before)
		}
		return err
	})
}

// noteEnded notes which settings have ceased to hold messages back.
func (p *People) noteEnded(tx *storage.Tx, tenant int64, before string) error {
	now, _, _, err := tx.Mark(tenant, holdsMark)
	if err != nil || now == before {
		return err
	}
	ended, _, _, err := tx.Mark(tenant, endedMark)
	if err != nil {
		return err
	}
	for _, id := range strings.Fields(before) {
		if !slices.Contains(strings.Fields(now), id) {
			ended += fmt.Sprintf(" %s %s", id, p.Now().UTC().Format(time.RFC3339Nano))
		}
	}
	return errors.Join(tx.SetMark(tenant, endedMark, newest(ended)), p.steered(tx, tenant))
}

// endedMark is the mark of when settings have ceased to hold messages back: each id
// with its time.
const endedMark = "people/holds-ended"

// newest keeps the last time of each id.
func newest(ended string) string {
	words, at := strings.Fields(ended), map[string]string{}
	for i := 0; i+1 < len(words); i += 2 {
		at[words[i]] = words[i+1]
	}
	var all []string
	for _, id := range slices.Sorted(maps.Keys(at)) {
		all = append(all, id, at[id])
	}
	return strings.Join(all, " ")
}

// barriers are what holds messages of a tenant back, and what did until when.
type barriers struct {
	holds []campaign.Hold
	ended map[string]time.Time // by the id of the setting
}

func (p *People) barriers(tx *storage.Tx, tenant int64) (barriers, error) {
	b := barriers{ended: map[string]time.Time{}}
	var err error
	if b.holds, err = p.Holds(tx, tenant); err != nil {
		return b, err
	}
	value, _, _, err := tx.Mark(tenant, endedMark)
	words := strings.Fields(value)
	for i := 0; i+1 < len(words); i += 2 {
		b.ended[words[i]], _ = time.Parse(time.RFC3339Nano, words[i+1])
	}
	return b, err
}

// of gives what holds a client back, and since when nothing does any more; zero:
// nothing has.
func (b *barriers) of(c *detect.Client) (why string, free time.Time) {
	for _, h := range b.holds {
		if h.Holds(c) {
			return h.Why, free
		}
	}
	for id, at := range b.ended {
		if h := holding[id]; h.Holds(c) {
			free = later(free, at)
		}
	}
	return "", free
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
