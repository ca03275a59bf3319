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
	"legacyauth/bot/checkup"
	"legacyauth/bot/people/campaign"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/storage"
)

// holdsMark is the mark of the settings that hold messages back in a tenant.
const holdsMark = "people/holds"

// SaveHolds notes which settings of a tenant hold messages back: steps that
// cannot work as long as a setting is as it is. An answer that cannot be given, or
// is not among the items, changes nothing: what held back goes on, and what did not
// does not begin to.
func (p *People) SaveHolds(ctx context.Context, tenant int64, items []settings.Item) error {
	return p.DB.Write(ctx, func(tx *storage.Tx) error { return p.saveHolds(tx, tenant, items) })
}

func (p *People) saveHolds(tx *storage.Tx, tenant int64, items []settings.Item) error {
	value, _, _, err := tx.Mark(tenant, holdsMark)
	if err != nil {
		return err
	}
	before := strings.Fields(value)
	held := map[string]bool{}
	for _, id := range before {
		held[id] = true
	}
	for _, i := range items {
		if i.Answer == settings.Yes || i.Answer == settings.No {
			held[i.ID] = i.Answer == settings.No
		}
	}
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(holding)) {
		if held[id] {
			ids = append(ids, id)
		}
	}
	if err := noteRead(tx, tenant, items); err != nil {
		return err
	}
	if err := tx.SetMark(tenant, holdsMark, strings.Join(ids, " ")); err != nil {
		return err
	}
	return p.noteEnded(tx, tenant, before, ids)
}

// endedMark is the mark of when settings have ceased to hold messages back: each id
// with its time.
const endedMark = "people/holds-ended"

// noteEnded notes which settings have ceased to hold messages back, and that all
// messages have to be looked at where any began or ceased to.
func (p *People) noteEnded(tx *storage.Tx, tenant int64, before, now []string) error {
	if slices.Equal(before, now) {
		return nil
	}
	ended, err := endedHolds(tx, tenant)
	if err != nil {
		return err
	}
	for _, id := range before {
		if !slices.Contains(now, id) {
			ended[id] = p.Now().UTC()
		}
	}
	var words []string
	for _, id := range slices.Sorted(maps.Keys(ended)) {
		words = append(words, id, ended[id].Format(time.RFC3339Nano))
	}
	return errors.Join(tx.SetMark(tenant, endedMark, strings.Join(words, " ")), p.steered(tx, tenant))
}

// endedHolds gives when settings have ceased to hold messages back.
func endedHolds(tx *storage.Tx, tenant int64) (map[string]time.Time, error) {
	value, _, _, err := tx.Mark(tenant, endedMark)
	ended := map[string]time.Time{}
	for pair := range slices.Chunk(strings.Fields(value), 2) {
		if len(pair) == 2 {
			at, wrong := time.Parse(time.RFC3339Nano, pair[1])
			if wrong != nil {
				return nil, fmt.Errorf("read when %s ceased to hold messages back: %w", pair[0], wrong)
			}
			ended[pair[0]] = at
		}
	}
	return ended, err
}

// barriers are what holds messages of a tenant back, and what did until when.
type barriers struct {
	holds []campaign.Hold
	ended map[string]time.Time // by the id of the setting
}

func (p *People) barriers(tx *storage.Tx, tenant int64) (barriers, error) {
	holds, err := p.Holds(tx, tenant)
	if err != nil {
		return barriers{}, err
	}
	ended, err := endedHolds(tx, tenant)
	return barriers{holds, ended}, err
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

// Holds gives what holds messages back in a tenant. What a file said of it comes
// with its age.
func (p *People) Holds(tx *storage.Tx, tenant int64) ([]campaign.Hold, error) {
	value, _, _, err := tx.Mark(tenant, holdsMark)
	if err != nil || value == "" {
		return nil, err
	}
	readings, err := checkup.Kept(tx, tenant)
	if err != nil {
		return nil, err
	}
	var holds []campaign.Hold
	for _, id := range strings.Fields(value) {
		h, ok := holding[id]
		if !ok {
			continue
		}
		if r, ok := kept(readings, id); ok {
			h.Why += since(r, p.Now())
		}
		holds = append(holds, h)
	}
	return holds, nil
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
	"exchange.ews-organization": {
		Why:      "Exchange Web Services are switched off for the organization, so Mail on a Mac would not connect: see the playbook macos-mail-ews.",
		Families: []useragent.Family{useragent.MacMail},
	},
	"exchange.modern-auth": {
		Why:      "Modern authentication is switched off for the organization, so Outlook cannot use it: see the playbook outlook-windows.",
		Families: outlook,
	},
}
