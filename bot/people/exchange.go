package people

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/checkup"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// KeepExchange notes what a file said of a tenant's Exchange Online, as of when it
// was written, and which messages are held back by that from now on, or are not any
// more. The tenant is named as storage.Tx.Tenant takes it. A *checkup.NotKeptError:
// nothing is changed.
func (p *People) KeepExchange(ctx context.Context, name, directory string, items []settings.Item, at time.Time, by migration.Who) error {
	return p.DB.Write(ctx, func(tx *storage.Tx) error {
		tenant, err := tx.Tenant(name, directory)
		if err != nil {
			return err
		}
		if err := checkup.Keep(tx, tenant, items, at, by.String()); err != nil {
			return err
		}
		if err := p.saveHolds(tx, tenant, items); err != nil {
			return err
		}
		holds, _, _, err := tx.Mark(tenant, holdsMark)
		if err != nil {
			return err
		}
		return tx.Record(storage.Entry{Tenant: tenant, By: by.String(), What: "check.exchange-kept", Subject: "tenant:" + name, Detail: map[string]string{
			"written": at.UTC().Format(time.RFC3339), "answers": spelled(items), "holds": holds,
		}})
	})
}

// spelled gives the answers of items: "exchange.modern-auth=no".
func spelled(items []settings.Item) string {
	words := make([]string, len(items))
	for n, i := range items {
		words[n] = i.ID + "=" + string(i.Answer)
	}
	return strings.Join(words, " ")
}

// kept is what a file said of a setting; not ok: nothing.
func kept(all []checkup.Reading, id string) (checkup.Reading, bool) {
	n := slices.IndexFunc(all, func(r checkup.Reading) bool { return r.ID == id })
	if n < 0 {
		return checkup.Reading{}, false
	}
	return all[n], true
}

// since says how old what a file said is, which holds messages back. What is too old
// releases nobody by itself: their steps would fail if nothing has changed.
func since(r checkup.Reading, now time.Time) string {
	words := " That was read from a file " + r.Ago(now)
	switch {
	case r.Answer != settings.No:
		return " A file said so before; the one that was read " + r.Ago(now) + " does not tell it, and whoever it holds back stays so until one does."
	case r.Old(now):
		return words + fmt.Sprintf(", which after %d days counts as unread; whoever it holds back stays so until check --exchange reads it anew.", checkup.OldDays)
	}
	return words + "."
}

// unreadOf says what is not known of a setting that only a file tells, and how it is
// seen; empty: it is known.
func unreadOf(about string, r checkup.Reading, told bool, now time.Time) string {
	const do = ": give check --exchange a new file before you start."
	switch {
	case !told:
		return about + " was not read yet, and Graph does not tell it" + do
	case r.Old(now):
		return about + " was read from a file " + r.Ago(now) + fmt.Sprintf(", which after %d days counts as unread", checkup.OldDays) + do
	case r.Answer == settings.CannotTell:
		return about + " is not told by the file that was read " + r.Ago(now) + ": check --exchange says why."
	}
	return ""
}
