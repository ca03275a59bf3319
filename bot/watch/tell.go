package watch

import (
	"context"
	"fmt"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/news"
	"legacyauth/storage"
)

// tell posts the messages that follow from a pass, and remembers what was told.
func (p *pass) tell(ctx context.Context, tx *storage.Tx, out *plan) error {
	for _, m := range out.marks {
		var err error
		if m.Value == "" {
			err = tx.DropMark(p.number, m.Name)
		} else {
			err = tx.SetMark(p.number, m.Name, m.Value)
		}
		if err != nil {
			return err
		}
	}
	subs, err := tx.Subscriptions()
	if err != nil {
		return err
	}
	posts, err := p.posts(tx, p.began, out.items, subs)
	if err != nil {
		return err
	}
	digests, err := p.digests(tx, out, subs)
	if err != nil {
		return err
	}
	var messages []*storage.Outgoing
	for _, post := range append(posts, digests...) {
		messages = append(messages, outgoing(post))
	}
	if len(messages) == 0 {
		return nil
	}
	_, err = p.Post.Post(ctx, tx, messages...)
	return err
}

// posts turns news into messages for those who asked for it.
func (w *Watcher) posts(tx *storage.Tx, now time.Time, items []news.Item, subs []storage.Subscription) ([]news.Post, error) {
	if len(items) == 0 {
		return nil, nil
	}
	spots, err := tx.Places()
	if err != nil {
		return nil, err
	}
	numbers := map[chat.Place]int64{}
	for _, s := range spots {
		numbers[s.Place] = s.ID
	}
	var failed error
	posts, err := news.Posts(items, subs, news.Routing{
		Now: now, Zones: time.LoadLocation, Admins: w.Admins,
		Standing: func(place chat.Place, subject string) (string, bool) {
			number, ok := numbers[place]
			if !ok || failed != nil {
				return "", false
			}
			m, ok, err := tx.BySubject(number, subject)
			failed = err
			return m.Key, ok && err == nil
		},
	})
	if err != nil {
		w.log().Warn("a subscription's time zone is not known; it counts in UTC", "error", err)
	}
	return posts, failed
}

// digests gives the weekly digests whose turn has come.
func (p *pass) digests(tx *storage.Tx, out *plan, subs []storage.Subscription) ([]news.Post, error) {
	var posts []news.Post
	var clients []storage.Client
	if out.partly {
		return nil, nil // none was due, see mayBeNarrow; one that is now waits for the next pass
	}
	marks, err := tx.Marks(p.number, news.MarkPrefix)
	if err != nil {
		return nil, err
	}
	for _, s := range subs {
		turn, zone, due, err := p.digestTurn(tx, s)
		if err != nil {
			return nil, err
		}
		if !due {
			continue
		}
		if clients == nil {
			for _, c := range out.all {
				clients = append(clients, c.After)
			}
		}
		post, ok := news.WeeklyDigest(p.week(out, clients, turn, news.FirstLook(marks)), s, zone)
		if !ok {
			continue
		}
		posts = append(posts, post)
		if err := tx.SetMark(p.number, news.DigestMark(s.ID), turn.UTC().Format(time.RFC3339)); err != nil {
			return nil, fmt.Errorf("remember a digest: %w", err)
		}
	}
	return posts, nil
}

// digestTurn gives the newest turn of a subscription's digest, the time zone it
// counts in, and whether it has still to be sent.
func (p *pass) digestTurn(tx *storage.Tx, s storage.Subscription) (turn time.Time, zone *time.Location, due bool, err error) {
	if zone, err = time.LoadLocation(s.Zone); err != nil {
		zone = time.UTC
	}
	last, _, _, err := tx.Mark(p.number, news.DigestMark(s.ID))
	if err != nil {
		return time.Time{}, zone, false, err
	}
	turn, due = news.Due(s, stamped(last), p.began, zone)
	return turn, zone, due, nil
}

func (p *pass) week(out *plan, clients []storage.Client, turn, firstLook time.Time) news.Week {
	return news.Week{
		Tenant: p.tenant.Name, From: turn.AddDate(0, 0, -7), To: turn, Clients: clients, FirstLook: firstLook,
		Covered: out.covered, Library: p.Library, Contact: p.Contact,
	}
}

func outgoing(post news.Post) *storage.Outgoing {
	return &storage.Outgoing{
		Key: post.Key, Place: post.Place, Subject: post.Subject, Kind: string(post.Kind), Card: post.Card,
		Replaces: post.Replaces, Under: post.Under, NextAt: post.NotBefore, Expires: post.Expires,
	}
}
