package card_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"legacyauth/playbooks/card"
	"legacyauth/playbooks/card/cardtest"
)

func TestClean(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ in, want string }{
		"plain":                  {"anna@contoso.com", "anna@contoso.com"},
		"terminal colors":        {"\x1b[31mred\x1b[0m", "[31mred[0m"},
		"direction override":     {"invoice\u202efdp.exe", "invoicefdp.exe"},
		"isolates":               {"\u2066a\u2069", "a"},
		"zero width":             {"pay\u200bpal\ufeff", "paypal"},
		"line breaks":            {"a\r\nb\u2028c\u0085d", "a b c d"},
		"every kind of space":    {" a\u00a0\u3000\t b ", "a b"},
		"not UTF-8":              {"a\xff\xc0b", "ab"},
		"replacement character":  {"a\ufffdb", "ab"},
		"mark with no base":      {"\u0338a", "a"},
		"mark on a base":         {"e\u0301", "e\u0301"},
		"blank letters":          {"\u3164a\u115f", "a"},
		"variation selector":     {"❤\ufe0f", "❤"},
		"private use":            {"a\ue000b", "ab"},
		"tags hidden in a flag":  {"🏴\U000e0067\U000e007f", "🏴"},
		"right-to-left letters":  {"שלום", "שלום"},
		"nothing but spaces":     {" \n ", ""},
		"longest that fits":      {strings.Repeat("x", card.MaxValue), strings.Repeat("x", card.MaxValue)},
		"one too long":           {strings.Repeat("x", card.MaxValue+1), strings.Repeat("x", card.MaxValue-1) + "…"},
		"too long after a space": {strings.Repeat("x", card.MaxValue-1) + " xy", strings.Repeat("x", card.MaxValue-1) + "…"},
		"cut before a mark":      {strings.Repeat("x", card.MaxValue-1) + "e\u0301z", strings.Repeat("x", card.MaxValue-1) + "…"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := card.Clean(tt.in); got != tt.want {
				t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{
		cardtest.Escape, cardtest.Override, cardtest.Markup, cardtest.Lines, cardtest.Emoji, cardtest.Asian,
		strings.Repeat("e\u0301", 200), strings.Repeat("x ", 200), "\xf0\x28\x8c\x28",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := card.Clean(s)
		if !utf8.ValidString(got) {
			t.Fatalf("Clean(%q) = %q is not UTF-8", s, got)
		}
		if n := utf8.RuneCountInString(got); n > card.MaxValue {
			t.Fatalf("Clean(%q) has %d runes", s, n)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp, unicode.Bidi_Control) {
				t.Fatalf("Clean(%q) keeps %U", s, r)
			}
		}
		if strings.Contains(got, "  ") || strings.TrimSpace(got) != got {
			t.Fatalf("Clean(%q) = %q has loose spaces", s, got)
		}
		if again := card.Clean(got); again != got {
			t.Fatalf("Clean(%q) = %q, and again %q", s, got, again)
		}
	})
}
