package chat

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxPress is the longest id of a button, in bytes: Discord's custom_id
// (https://discord.com/developers/docs/components/reference, 100; read
// 2026-11-22), the shortest of all platforms.
const MaxPress = 100

// Press is what a button does: the same as typing the verb and the subject. It
// travels as the ID of a card.Action. The platform hands it back as it was, but
// anybody in the channel may press, and a message may be old: the bot checks
// the role and the revision as if the words had been typed.
type Press struct {
	Verb     string // lower-case letters, digits and hyphens, such as "done"
	Subject  string // what it is about, such as a client's key; may be empty
	Revision int64  // of the subject when the button was shown; 0: it has none
}

// String gives the id, "verb:subject:revision", which ParsePress reads back.
// It is an error of the caller to make one that Check refuses.
func (p Press) String() string {
	return p.Verb + ":" + escape(p.Subject) + ":" + strconv.FormatInt(p.Revision, 10)
}

// IsZero says whether nothing was pressed.
func (p Press) IsZero() bool { return p == Press{} }

// Words is the command that the button stands for.
func (p Press) Words() []string {
	if p.Subject == "" {
		return []string{p.Verb}
	}
	return append([]string{p.Verb}, strings.Fields(p.Subject)...)
}

// Check says why a platform could not carry the button.
func (p Press) Check() error {
	switch {
	case !isName(p.Verb):
		return fmt.Errorf("verb %q is not lower-case letters, digits and hyphens", p.Verb)
	case p.Revision < 0:
		return fmt.Errorf("revision %d is below 0", p.Revision)
	case !utf8.ValidString(p.Subject) || strings.ContainsFunc(p.Subject, func(r rune) bool { return !unicode.IsPrint(r) }):
		return errors.New("the subject holds a character that does not print")
	case len(p.String()) > MaxPress:
		return fmt.Errorf("%q is longer than %d bytes", p.String(), MaxPress)
	}
	return nil
}

// ParsePress reads what String writes and nothing else, so that one press has
// one text.
func ParsePress(s string) (Press, error) {
	if len(s) > MaxPress {
		return Press{}, fmt.Errorf("button id of %d bytes is longer than %d", len(s), MaxPress)
	}
	parts := strings.Split(s, ":")
	if len(parts) != 3 {
		return Press{}, fmt.Errorf("button id %q is not verb:subject:revision", s)
	}
	subject, err := url.PathUnescape(parts[1])
	if err != nil {
		return Press{}, fmt.Errorf("button id %q: %w", s, err)
	}
	revision, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return Press{}, fmt.Errorf("button id %q: revision %q is not a number", s, parts[2])
	}
	p := Press{Verb: parts[0], Subject: subject, Revision: revision}
	if err := p.Check(); err != nil {
		return Press{}, fmt.Errorf("button id %q: %w", s, err)
	}
	if p.String() != s {
		return Press{}, fmt.Errorf("button id %q is not as this program writes it: %q", s, p.String())
	}
	return p, nil
}
