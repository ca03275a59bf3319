package delivery

import (
	"fmt"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/news"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

const (
	// KindStorm is the kind of a digest of what waited too long, and of the
	// changes to one. It is their subject, too.
	KindStorm = "storm"
	// most is how many messages may wait in one place before they become one.
	most = 10
	// open is how long after it was sent a digest takes in what follows.
	open = 15 * time.Minute
	// glance is how many messages one step looks at and a digest is made of.
	glance = 500
)

// fold turns more than ten waiting messages into one. While a digest is new,
// what follows joins it by an edit, where the platform can edit; an urgent
// message does not, since an edit rings nowhere.
func (s *stepping) fold() error {
	if s.to.Personal() {
		return nil // one message with its own buttons, for one person
	}
	waiting, err := s.tx.Waiting(s.place, s.now, glance)
	if err != nil {
		return err
	}
	loose, err := s.loose(waiting)
	if err != nil || len(loose) == 0 {
		return err
	}
	newest, ok, err := s.tx.BySubject(s.place, KindStorm)
	if err != nil {
		return err
	}
	if ok && newest.State == storage.MessageSending {
		return nil // it may stand there already: this is known first
	}
	if ok && newest.State == storage.MessageWaiting {
		return s.join(newest, loose)
	}
	if ok && newest.State == storage.MessageSent && s.takesMore(newest) {
		if quiet := withoutUrgent(loose); len(loose) <= most {
			loose = quiet
		}
		return s.extend(newest, loose)
	}
	if len(loose) <= most {
		return nil
	}
	return s.begin(loose)
}

// loose gives the waiting messages that can fold: not digests, not what may
// have been sent, not changes to a message that stands already.
func (s *stepping) loose(waiting []storage.Outgoing) ([]storage.Outgoing, error) {
	var loose []storage.Outgoing
	for _, m := range waiting {
		if m.State != storage.MessageWaiting || m.Kind == KindStorm {
			continue
		}
		if m.Replaces != "" && s.edits() {
			old, ok, err := s.tx.MessageByKey(m.Replaces)
			if err != nil {
				return nil, err
			}
			if ok && old.State == storage.MessageSent {
				continue
			}
		}
		loose = append(loose, m)
	}
	return loose, nil
}

// edits says whether the platform can change a message.
func (s *stepping) edits() bool {
	_, ok := s.options.Senders[s.to.Platform].(chat.Updater)
	return ok
}

// takesMore says whether a digest that stands is still open.
func (s *stepping) takesMore(digest storage.Outgoing) bool {
	return s.edits() && s.now.Sub(digest.Created) < open
}

// begin folds messages into a new digest.
func (s *stepping) begin(loose []storage.Outgoing) error {
	digest := storage.Outgoing{
		Key: fmt.Sprintf("storm:%d:%d", s.place, loose[0].ID), Place: s.to,
		Subject: KindStorm, Kind: KindStorm, Card: storm(loose, 0),
	}
	if _, err := s.tx.Enqueue(&digest); err != nil {
		return err
	}
	return s.tx.Fold(ids(loose), digest.ID)
}

// join folds messages into a digest, or a change to one, that is still to be
// sent.
func (s *stepping) join(waiting storage.Outgoing, loose []storage.Outgoing) error {
	all, err := s.foldInto(waiting, loose)
	if err != nil {
		return err
	}
	return s.tx.SaveCard(waiting.ID, all)
}

// extend folds messages into a digest that stands, and posts the change.
func (s *stepping) extend(standing storage.Outgoing, loose []storage.Outgoing) error {
	if len(loose) == 0 {
		return nil
	}
	all, err := s.foldInto(standing, loose)
	if err != nil {
		return err
	}
	root := rootKey(standing)
	_, err = s.tx.Enqueue(&storage.Outgoing{
		Key: fmt.Sprintf("%s+%d", root, loose[0].ID), Place: s.to,
		Subject: KindStorm, Kind: KindStorm, Card: all, Replaces: root,
	})
	return err
}

// foldInto folds messages into the digest that m is or changes, and gives the
// card of all it holds.
func (s *stepping) foldInto(m storage.Outgoing, loose []storage.Outgoing) (card.Card, error) {
	digest := m
	if m.Replaces != "" {
		found, ok, err := s.tx.MessageByKey(m.Replaces)
		if err != nil {
			return card.Card{}, err
		}
		if ok {
			digest = found
		}
	}
	if err := s.tx.Fold(ids(loose), digest.ID); err != nil {
		return card.Card{}, err
	}
	newest, total, err := s.tx.FoldedInto(digest.ID, glance)
	if err != nil {
		return card.Card{}, err
	}
	return storm(newest, total-len(newest)), nil
}

// rootKey is the key of the digest that m is or changes.
func rootKey(m storage.Outgoing) string {
	if m.Replaces != "" {
		return m.Replaces
	}
	return m.Key
}

func ids(messages []storage.Outgoing) []int64 {
	list := make([]int64, 0, len(messages))
	for _, m := range messages {
		list = append(list, m.ID)
	}
	return list
}

func withoutUrgent(messages []storage.Outgoing) []storage.Outgoing {
	var calm []storage.Outgoing
	for _, m := range messages {
		if m.Card.Tone != card.Danger {
			calm = append(calm, m)
		}
	}
	return calm
}

func storm(messages []storage.Outgoing, left int) card.Card {
	held := make([]news.Held, 0, len(messages))
	for _, m := range messages {
		held = append(held, news.Held{Kind: m.Kind, At: m.Created, Card: m.Card})
	}
	return news.Storm(held, left)
}
