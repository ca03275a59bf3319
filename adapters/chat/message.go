package chat

import (
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"

	"legacyauth/playbooks/card"
)

// MaxKey is the longest key of a message, in bytes.
const MaxKey = 200

// Message is one message to one place.
type Message struct {
	// Key names the message for ever; a second message with it is the same one.
	// Printing ASCII without spaces, at most MaxKey bytes, and no person's name.
	Key string
	To  Place
	// Card is what it says. The adapter cuts it to what the platform can show.
	Card card.Card
	// Files go with it; none for most messages.
	Files []File
	// Under makes it a reply to a message that was sent before. A platform
	// without threads sends it like any other. Empty: no reply.
	Under Ref
	// Replaces is the key of an earlier message that this one takes the place of
	// where that could not be edited; the platform may say so in words. Empty:
	// none.
	Replaces string
	// Expires is when it is no longer worth sending; the bot keeps to it, not the
	// adapter. Zero: never.
	Expires time.Time
}

// File is something to save or to look at.
type File struct {
	Name string // with its extension and without a path
	Type string // media type; empty: by the extension
	Alt  string // what a picture shows, in one sentence; empty for other files
	Data []byte
}

// Ref is where a sent message stands: the platform's own words, such as a
// channel and a time, opaque to the bot and kept by it. Printing ASCII.
type Ref string

// Check says what is wrong with a message that no adapter can send.
func (m Message) Check() error {
	switch {
	case m.Key == "":
		return errors.New("message without a key")
	case len(m.Key) > MaxKey:
		return fmt.Errorf("message key of %d bytes is longer than %d", len(m.Key), MaxKey)
	case strings.ContainsFunc(m.Key, func(r rune) bool { return r <= ' ' || r >= 0x7f }):
		return errors.New("message key is not printing ASCII without spaces")
	}
	if err := m.To.Check(); err != nil {
		return fmt.Errorf("message %s: place %w", m.Key, err)
	}
	return nil
}

// Nonce is the message's key for a platform that takes only n characters, at
// most 52: letters and digits that differ from those of every other message and
// place, and are always the same for this one.
func (m Message) Nonce(n int) string {
	sum := sha256.Sum256([]byte(m.To.String() + "\x00" + m.Key))
	text := strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:]))
	return text[:min(max(n, 0), len(text))]
}
