package watch

import (
	"context"
	"fmt"

	"legacyauth/bot/news"
	"legacyauth/detect"
	"legacyauth/storage"
)

// Changed posts what follows from a change of one client that was made outside a
// pass: the messages about it are edited, and who hears of such news is told.
// The change itself is in the transaction already.
func (w *Watcher) Changed(ctx context.Context, tx *storage.Tx, change news.Change) error {
	k := change.After
	coverage := detect.Coverage{}
	last, found, err := tx.LastPass(k.Tenant)
	if err != nil {
		return err
	}
	if found {
		coverage = detect.Coverage{Complete: last.Complete && last.Error == "", From: last.From, To: last.To, Notes: last.Notes}
	}
	turn := news.Turn{Tenant: k.TenantName, Now: w.Now().UTC(), Coverage: coverage, Library: w.Library, Contact: w.Contact}
	item, ok := turn.Of(change)
	if !ok {
		return nil
	}
	subs, err := tx.Subscriptions()
	if err != nil {
		return err
	}
	posts, err := w.posts(tx, turn.Now, []news.Item{item}, subs)
	if err != nil {
		return err
	}
	var messages []*storage.Outgoing
	for _, post := range posts {
		messages = append(messages, outgoing(post))
	}
	if len(messages) == 0 {
		return nil
	}
	if _, err := w.Post.Post(ctx, tx, messages...); err != nil {
		return fmt.Errorf("tell of a change of client %s: %w", k.Key, err)
	}
	return nil
}
