package chat_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
)

func TestPressText(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		press chat.Press
		text  string
		words []string
	}{
		"client":          {chat.Press{Verb: "done", Subject: "k7f3q9x2m4aa", Revision: 12}, "done:k7f3q9x2m4aa:12", []string{"done", "k7f3q9x2m4aa"}},
		"nothing":         {chat.Press{Verb: "home"}, "home::0", []string{"home"}},
		"several words":   {chat.Press{Verb: "clients", Subject: "in-use smtp page=2"}, "clients:in-use%20smtp%20page=2:0", []string{"clients", "in-use", "smtp", "page=2"}},
		"colon":           {chat.Press{Verb: "user", Subject: "a:b"}, "user:a%3Ab:0", []string{"user", "a:b"}},
		"newest revision": {chat.Press{Verb: "x", Revision: math.MaxInt64}, "x::9223372036854775807", []string{"x"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.press.String(); got != tt.text {
				t.Errorf("String() = %q, want %q", got, tt.text)
			}
			got, err := chat.ParsePress(tt.text)
			if err != nil || got != tt.press {
				t.Errorf("ParsePress(%q) = %+v, %v, want %+v", tt.text, got, err, tt.press)
			}
			if words := tt.press.Words(); !slices.Equal(words, tt.words) {
				t.Errorf("Words() = %q, want %q", words, tt.words)
			}
		})
	}
}

func TestParsePressRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, why string }{
		"nothing":              {"", "is not verb:subject:revision"},
		"two parts":            {"done:k7", "is not verb:subject:revision"},
		"four parts":           {"done:k7:1:1", "is not verb:subject:revision"},
		"no verb":              {":k7:1", "verb"},
		"verb with a capital":  {"Done:k7:1", "verb"},
		"revision a word":      {"done:k7:one", "not a number"},
		"revision below zero":  {"done:k7:-1", "below 0"},
		"revision too large":   {"done:k7:9223372036854775808", "not a number"},
		"revision with a plus": {"done:k7:+1", "not as this program writes it"},
		"revision with a zero": {"done:k7:01", "not as this program writes it"},
		"needless escape":      {"done:%6b7:1", "not as this program writes it"},
		"bad escape":           {"done:%zz:1", "escape"},
		"control character":    {"done:%1b[2J:1", "does not print"},
		"direction override":   {"done:%E2%80%AE:1", "does not print"},
		"too long":             {"done:" + strings.Repeat("k", chat.MaxPress) + ":1", "longer than 100"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := chat.ParsePress(tt.text)
			if err == nil || !strings.Contains(err.Error(), tt.why) {
				t.Errorf("ParsePress(%q) = %+v, %v, want an error with %q", tt.text, got, err, tt.why)
			}
		})
	}
}

func TestPressCheckMeasuresTheText(t *testing.T) {
	t.Parallel()
	fits := chat.Press{Verb: "done", Subject: strings.Repeat("k", chat.MaxPress-len("done::1")), Revision: 1}
	if err := fits.Check(); err != nil {
		t.Errorf("Check of %d bytes: %v", len(fits.String()), err)
	}
	fits.Revision = 10
	if err := fits.Check(); err == nil {
		t.Errorf("Check of %d bytes finds nothing", len(fits.String()))
	}
}

func FuzzParsePress(f *testing.F) {
	for _, s := range []string{"done:k7:1", "home::0", "clients:a%20b:0", "x:%3A:9", "x:%:1", "a:b:99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := chat.ParsePress(s)
		if err == nil && p.String() != s {
			t.Fatalf("ParsePress(%q) = %+v, whose text is %q", s, p, p.String())
		}
	})
}
