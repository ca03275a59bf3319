package useragent

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, in, want string }{
		{"as it is", "curl/8.9.1", "curl/8.9.1"},
		{"spaces around and between", "  a   b\t", "a b"},
		{"percent", "Yahoo%20Mail/1", "Yahoo Mail/1"},
		{"plus for spaces", "Mac+OS+X/10.11.6+(15G1004)", "Mac OS X/10.11.6 (15G1004)"},
		{"plus that means plus", "Iframely/1.3 (+https://contoso.com)", "Iframely/1.3 (+https://contoso.com)"},
		{"control characters", "a\x00b\x1b[31mc\r\nd", "a b [31mc d"},
		{"direction characters", "abc\u202etxt\u2066x", "abc txt x"},
		{"zero width and byte-order mark", "\ufeffa\u200bb", "a b"},
		{"broken UTF-8", "a\xffb\xc3", "a b"},
		{"letters beyond ASCII", "Почта/1.0 é", "Почта/1.0 é"},
		{"long", strings.Repeat("x", 5000), strings.Repeat("x", maxAgent)},
		{"long, cut inside a character", strings.Repeat("é", 600) + "z", strings.Repeat("é", maxAgent/2)},
		{"long, cut inside a character at an odd place", "x" + strings.Repeat("é", 600), "x" + strings.Repeat("é", maxAgent/2-1)},
		{"nothing", "", ""},
		{"only pluses", "+++", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := clean(tt.in); got != tt.want {
				t.Errorf("clean(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, want string }{
		{" SM-A515F ", "SM-A515F"},
		{strings.Repeat("a", 100), strings.Repeat("a", maxToken)},
		{strings.Repeat("é", 100), strings.Repeat("é", maxToken/2)},
		{strings.Repeat("€", 100), strings.Repeat("€", maxToken/3)},
	} {
		if got := token(tt.in); got != tt.want || !utf8.ValidString(got) {
			t.Errorf("token(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
