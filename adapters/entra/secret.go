package entra

import (
	"fmt"
	"log/slog"
)

// hidden is what every way of printing a Secret shows.
const hidden = "[secret]"

// Secret is a value that never prints: not through fmt with any verb, not in a
// log, not as JSON or text. The zero value holds nothing.
type Secret struct {
	// A closure rather than a string, because fmt reads unexported strings of an
	// enclosing struct without asking their String method.
	open func() string
}

// NewSecret hides value.
func NewSecret(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{open: func() string { return value }}
}

// Empty reports whether there is no value.
func (s Secret) Empty() bool { return s.open == nil }

func (s Secret) reveal() string {
	if s.open == nil {
		return ""
	}
	return s.open()
}

// String returns "[secret]".
func (Secret) String() string { return hidden }

// GoString returns "[secret]".
func (Secret) GoString() string { return hidden }

// Format writes "[secret]" for every verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// LogValue returns "[secret]".
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText returns "[secret]", which JSON and YAML encoders use as well.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }
