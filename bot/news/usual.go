package news

import (
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// Usual has alerts and digests go to the admins' place as long as nobody
// subscribed, and no longer: the subscription that does it is the bot's own, and
// goes when a person makes one.
func Usual(tx *storage.Tx, admins chat.Place) error {
	subs, err := tx.Subscriptions()
	if err != nil {
		return err
	}
	own := migration.Bot().String()
	peopled, standing := false, false
	for _, s := range subs {
		peopled = peopled || s.By != own
	}
	for _, s := range subs {
		if s.By != own {
			continue
		}
		if !peopled && s.Place == admins {
			standing = true
			continue
		}
		if _, err := tx.Unsubscribe(s.ID); err != nil {
			return err
		}
	}
	if peopled || standing {
		return nil
	}
	return tx.Subscribe(&storage.Subscription{
		Place: admins, Mode: ModeBoth, By: own,
		Digest: storage.DigestTurn{Day: time.Monday, Minute: 8 * 60},
	})
}
