package notice

import (
	"time"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/playbooks"
	"legacyauth/playbooks/language"
)

// View is what is known of a person when a message is made. All but User,
// Contact, Check and Remind must be set.
type View struct {
	Language *language.Language
	Zone     *time.Location
	Now      time.Time
	User     string // the account's address
	// Contact says who is behind the message, Check where a person can make sure
	// that it is genuine; both from the configuration.
	Contact, Check string
	// Clients are the person's, in the order in which they are shown.
	Clients []Client
	// Showing is the key of the client whose steps are shown; empty, or one that
	// is not to be moved any more: the first that is.
	Showing string
	// Remind is when the next reminder is due; zero: there is none any more.
	Remind time.Time
	// Halted says that there are no reminders for now, since nobody is to be told
	// anything at present; Remind is zero then.
	Halted bool
	// names holds what Name has given while one message is made.
	names map[*Client]string
}

// Client is one of a person's clients.
type Client struct {
	detect.Client
	State       migration.State
	Since       time.Time // it has this state
	ExceptUntil time.Time
	// Generation counts the changes of its state. Buttons carry it, so that a
	// press on what was shown before a change changes nothing.
	Generation int64
	// Event is what led to the state last.
	Event migration.Event
	// Handed says that the person said it is not theirs, or that somebody else
	// answers for it.
	Handed bool
	// Owned says that the person answers for it, and it signs in as another
	// account than theirs.
	Owned bool
	// Held says that its steps would fail before the IT department has done something
	// else: it is named without them.
	Held bool
	// Known is since when the person can be told about it: it came up, what held it is
	// done, or they answer for it.
	Known time.Time
	// Playbook is what the person is to do. It is for a person, or for an admin
	// where the person answers for the client.
	Playbook *playbooks.Playbook
	// Ends is the day it counts down to; a zero one: none is known.
	Ends playbooks.Retirement
	// Checked are the steps that were checked off, counted from 1.
	Checked map[int]bool
	// Earlier is how far the person was with other steps that it had before; zero: there
	// were none, or they have begun with these.
	Earlier Earlier
	// Wait is the earliest day on which it can be confirmed; zero: not known. In
	// the past: it is quiet, and a sign-in in the new way is waited for.
	Wait time.Time
	// Gap says that the log could not be read without a gap since the claim.
	Gap bool
}

// Earlier counts the steps that were done of a list that does not apply any more.
type Earlier struct{ Done, Of int }

// todo says whether the person still has to do something about it, or waits for
// it to be confirmed.
func (c *Client) todo() bool { return !c.Handed && !c.Held && !c.State.Done() }

// quiet says whether it has been quiet for long enough.
func (c *Client) quiet(now time.Time) bool { return !c.Wait.IsZero() && c.Wait.Before(now) }

// left says whether the person still has to do something about it.
func (c *Client) left() bool { return c.todo() && !c.waits() }

// Left counts the clients about which the person still has to do something.
func (v *View) Left() int {
	n := 0
	for i := range v.Clients {
		if v.Clients[i].left() {
			n++
		}
	}
	return n
}

// Held counts the clients that are held back.
func (v *View) Held() int {
	n := 0
	for i := range v.Clients {
		if v.Clients[i].Held {
			n++
		}
	}
	return n
}

// Back gives the clients that are to be moved and were found to sign in, still or
// again, after the person was told.
func (v *View) Back(told time.Time) []*Client {
	var all []*Client
	for i := range v.Clients {
		if c := &v.Clients[i]; c.left() && c.Back() && c.Since.After(told) {
			all = append(all, c)
		}
	}
	return all
}

// New gives the clients that are to be moved and came up after the person was told,
// without those of Back.
func (v *View) New(told time.Time) []*Client {
	var all []*Client
	for i := range v.Clients {
		if c := &v.Clients[i]; c.left() && c.Known.After(told) && (!c.Back() || !c.Since.After(told)) {
			all = append(all, c)
		}
	}
	return all
}

// Shown gives the client whose steps are shown; nil: none is left.
func (v *View) Shown() *Client {
	var first *Client
	for i := range v.Clients {
		c := &v.Clients[i]
		if !c.todo() {
			continue
		}
		if c.Key == v.Showing {
			return c
		}
		if first == nil || !first.left() && c.left() {
			first = c
		}
	}
	return first
}

// Find gives one of the person's clients.
func (v *View) Find(key string) (*Client, bool) {
	for i := range v.Clients {
		if v.Clients[i].Key == key {
			return &v.Clients[i], true
		}
	}
	return nil, false
}

// Guide gives the client's steps in the person's language.
func (v *View) Guide(c *Client) playbooks.Guide {
	return c.Playbook.Guide(playbooks.Facts{
		Client: &c.Client, Today: v.Now.In(v.Zone), Contact: v.Contact, Language: v.Language,
	})
}
