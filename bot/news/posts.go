package news

import (
	"errors"
	"fmt"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Lifetime is how long a message is worth sending. A week covers a place that is
// down over a long weekend; what is older is in the digest.
const Lifetime = 7 * 24 * time.Hour

// Modes of a subscription: alerts as they come, the weekly digest, or both.
const (
	ModeAlert  = "alert"
	ModeDigest = "digest"
	ModeBoth   = "both"
)

// Post is one message to one place.
type Post struct {
	// Key is the same whenever the same item is posted to the same place.
	Key   string
	Place chat.Place
	// Subject is the item's; a reply has one of its own, so that the message with
	// the item's subject stays the one to edit.
	Subject string
	Kind    Kind
	Card    card.Card
	// Replaces is the key of the message that this one edits, Under that of the
	// message that it answers in its thread. Both empty: a message of its own.
	Replaces, Under string
	// NotBefore is the end of the place's quiet hours; zero: at once.
	NotBefore time.Time
	Expires   time.Time
	Urgent    bool
}

// Routing is what Posts needs to know besides the subscriptions.
type Routing struct {
	Now   time.Time
	Zones Zones
	// Admins is the place for what nobody may miss and for accounts of people who
	// have left; zero: there is none, and subscriptions get such news.
	Admins chat.Place
	// Standing gives the key of the newest message about a subject in a place,
	// sent or still to be sent. Nil: there is none.
	Standing func(p chat.Place, subject string) (key string, ok bool)
}

// Posts gives the messages that items come to, in the order of the items. A
// place with several subscriptions gets each item once, as early as one of them
// allows. What is urgent or about coverage and matches no subscription goes to
// the admins' place. Where a message about the subject stands, it is edited
// whatever the filters say, and a reply follows where the news is worth it.
//
// The error joins those of time zones that could not be found; their
// subscriptions then count in UTC.
func Posts(items []Item, subs []storage.Subscription, r Routing) ([]Post, error) {
	places, err := r.places(subs)
	var posts []Post
	for _, i := range items {
		heard := false
		for n, p := range places {
			at, matches := p.hears(i, r)
			if r.isAdmins(p.place) && (i.Admins || n == len(places)-1 && !heard && i.mustArrive()) {
				at, matches = time.Time{}, true
			}
			heard = heard || matches
			told := i
			if filters := p.filters(i); i.narrowed != nil && len(filters) > 0 {
				told.Card = i.narrowed(filters)
			}
			posts = append(posts, r.posts(told, p.place, at, matches)...)
		}
	}
	return posts, err
}

// mustArrive says whether an item goes to the admins when nobody subscribed to
// it.
func (i Item) mustArrive() bool {
	return i.Severity == Urgent || i.Admins || i.coverage()
}

// listener is a place with its subscriptions.
type listener struct {
	place chat.Place
	subs  []storage.Subscription
	quiet []time.Time // per subscription, when its quiet hours end; zero: now is none
}

// places gives the listeners in the order of the subscriptions, the admins'
// place last.
func (r Routing) places(subs []storage.Subscription) ([]listener, error) {
	var list []listener
	var errs []error
	at := map[chat.Place]int{}
	put := func(p chat.Place) int {
		n, ok := at[p]
		if !ok {
			n = len(list)
			at[p] = n
			list = append(list, listener{place: p})
		}
		return n
	}
	for _, s := range subs {
		if r.isAdmins(s.Place) {
			continue // put last
		}
		n := put(s.Place)
		errs = append(errs, list[n].add(s, r))
	}
	if !r.Admins.IsZero() {
		n := put(r.Admins)
		for _, s := range subs {
			if r.isAdmins(s.Place) {
				errs = append(errs, list[n].add(s, r))
			}
		}
	}
	return list, errors.Join(errs...)
}

func (r Routing) isAdmins(p chat.Place) bool { return !r.Admins.IsZero() && p == r.Admins }

func (l *listener) add(s storage.Subscription, r Routing) error {
	zone, err := r.Zones.of(s.Zone)
	if err != nil {
		err = fmt.Errorf("subscription %d: %w", s.ID, err)
		zone = time.UTC
	}
	end, _ := QuietUntil(s.Quiet, r.Now, zone)
	l.subs = append(l.subs, s)
	l.quiet = append(l.quiet, end)
	return err
}

// hears says whether one of the place's subscriptions asks for an item, and from
// when on it may be sent; an edit of a message that stands keeps to the same
// hours. A place that asks for digests alone hears no alert.
func (l listener) hears(i Item, r Routing) (at time.Time, matches bool) {
	if r.Admins.IsZero() {
		i.Admins = false
	}
	hour := make([]time.Time, 0, len(l.subs))
	for n, s := range l.subs {
		if s.Mode == ModeDigest || !Matches(s.Filter, i) {
			continue
		}
		matches = true
		hour = append(hour, l.quiet[n])
	}
	if !matches {
		hour = l.quiet
	}
	if i.Severity == Urgent || len(hour) == 0 {
		return time.Time{}, matches
	}
	at = hour[0]
	for _, h := range hour[1:] {
		if h.Before(at) {
			at = h
		}
	}
	return at, matches
}

// filters are those of the place's subscriptions that an item could concern.
func (l listener) filters(i Item) []storage.Filter {
	var list []storage.Filter
	for _, s := range l.subs {
		if s.Mode != ModeDigest && about(s.Filter.Tenants, i.Tenant) {
			list = append(list, s.Filter)
		}
	}
	return list
}

// posts gives an item's messages to one place: none, one, or an edit and a reply.
func (r Routing) posts(i Item, place chat.Place, at time.Time, matches bool) []Post {
	p := Post{
		Key: i.Key + "-" + placed(place), Place: place, Subject: i.Subject, Kind: i.Kind, Card: i.Card,
		NotBefore: at, Expires: later(r.Now, at).Add(Lifetime), Urgent: i.Severity == Urgent,
	}
	standing, stands := "", false
	if r.Standing != nil {
		standing, stands = r.Standing(place, i.Subject)
	}
	switch {
	case stands && standing == p.Key:
		return nil // this very message
	case !stands && (!matches || i.Kind.manner() == edits):
		return nil
	case !stands:
		return []Post{p}
	}
	p.Replaces = standing
	if !matches || i.Kind.manner() != announces {
		return []Post{p}
	}
	edit := p
	edit.Key += "-edit"
	p.Replaces, p.Under, p.Card, p.Subject = "", standing, i.Reply, i.Subject+"/reply"
	return []Post{edit, p}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// placed stands for a place in a key, which names nobody.
func placed(p chat.Place) string { return keyOf("", p.String())[1:9] }
