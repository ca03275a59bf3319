package storage

import (
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
	"legacyauth/storage/cardjson"
)

// MessageState says how far a message is.
type MessageState string

// The states of a message. Waiting and sending ones are still to be sent.
const (
	MessageWaiting MessageState = "waiting"
	MessageSending MessageState = "sending" // an attempt began; whether it arrived is not known yet
	MessageSent    MessageState = "sent"
	MessageBuried  MessageState = "buried"  // it can never be delivered
	MessageExpired MessageState = "expired" // it came too late to be worth sending, or was taken back
	MessageFolded  MessageState = "folded"  // another one says it
)

// Outgoing is a message and what became of it.
type Outgoing struct {
	ID  int64
	Key string // unique for ever, see chat.Message
	// Place is where it goes; PlaceID its number, which Enqueue sets.
	PlaceID int64
	Place   chat.Place
	// Subject is what it is about, as a client's key; Kind the kind of news.
	Subject, Kind string
	Card          card.Card
	// Replaces is the key of the message to edit, Under that of the message it
	// answers; empty: none.
	Replaces, Under string
	State           MessageState
	Attempts        int
	NextAt          time.Time // not to be sent before; zero: at once
	Ref             chat.Ref  // where it stands once it is sent
	Expires         time.Time // zero: never
	Created         time.Time
	Ended           time.Time // when it was sent, buried, expired or folded; zero: still to be sent
	Error           string    // of the last attempt: a code or a few words, nothing personal
	FoldedInto      int64     // the message that says it
}

const messageColumns = `m.id, m.key, m.place, p.platform, p.workspace, p.channel, p.person, p.thread, m.subject, m.kind, m.card, m.replaces,
	m.under, m.state, m.attempts, m.next_at, m.ref, m.expires, m.created, m.ended, m.error, m.folded_into`

const messageQuery = `SELECT ` + messageColumns + ` FROM messages m JOIN places p ON p.id = m.place `

func scanMessage(row interface{ Scan(...any) error }) (Outgoing, error) {
	var o Outgoing
	var next, expires, created, ended int64
	var card []byte
	p := &o.Place
	err := row.Scan(&o.ID, &o.Key, &o.PlaceID, &p.Platform, &p.Workspace, &p.Channel, &p.Person, &p.Thread, &o.Subject, &o.Kind, &card,
		&o.Replaces, &o.Under, &o.State, &o.Attempts, &next, &o.Ref, &expires, &created, &ended, &o.Error, &o.FoldedInto)
	if err != nil {
		return o, err
	}
	o.NextAt, o.Expires, o.Created, o.Ended = fromMicros(next), fromMicros(expires), fromMicros(created), fromMicros(ended)
	o.Card, err = cardjson.Unmarshal(card)
	return o, err
}
