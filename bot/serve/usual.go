package serve

import (
	"context"
	"fmt"

	"legacyauth/adapters/chat"
	"legacyauth/bot/news"
	"legacyauth/storage"
)

// usual has the admins' place hear everything as long as nobody subscribed.
func usual(ctx context.Context, db *storage.DB, admins chat.Place) error {
	if err := db.Write(ctx, func(tx *storage.Tx) error { return news.Usual(tx, admins) }); err != nil {
		return fmt.Errorf("see who gets the alerts: %w", err)
	}
	return nil
}
