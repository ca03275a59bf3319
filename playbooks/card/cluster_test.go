package card_test

import (
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"legacyauth/playbooks/card"
)

func TestClusters(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		in   string
		want []string
	}{
		"empty":              {"", nil},
		"letters":            {"ab", []string{"a", "b"}},
		"marks":              {"e\u0301\u0323x", []string{"e\u0301\u0323", "x"}},
		"flags":              {"🇩🇪🇫🇷", []string{"🇩🇪", "🇫🇷"}},
		"three letters":      {"🇩🇪🇫", []string{"🇩🇪", "🇫"}},
		"skin tone":          {"👍🏽!", []string{"👍🏽", "!"}},
		"joined emoji":       {"👩\u200d💻a", []string{"👩\u200d💻", "a"}},
		"joiner in a word":   {"a\u200db", []string{"a\u200d", "b"}},
		"emoji presentation": {"❤\ufe0fx", []string{"❤\ufe0f", "x"}},
		"line end":           {"\r\n\n", []string{"\r\n", "\n"}},
		"not UTF-8":          {"\xffa", []string{"\xff", "a"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, slices.Collect(card.Clusters(tt.in))); diff != "" {
				t.Errorf("Clusters(%q): -want +got\n%s", tt.in, diff)
			}
		})
	}
}

func TestClustersJoinToTheirText(t *testing.T) {
	t.Parallel()
	whole := func(s string) bool {
		return strings.Join(slices.Collect(card.Clusters(s)), "") == s
	}
	if err := quick.Check(whole, nil); err != nil {
		t.Error(err)
	}
}

func TestShorten(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		in    string
		limit int
		want  string
	}{
		"fits":               {"abc", 3, "abc"},
		"cut":                {"abcd", 3, "ab…"},
		"no room":            {"abc", 0, ""},
		"below zero":         {"abc", -1, ""},
		"room for one":       {"abc", 1, "…"},
		"not inside a flag":  {"a🇩🇪b", 3, "a…"},
		"not before a mark":  {"xe\u0301yz", 3, "x…"},
		"space before a cut": {"a bcd", 3, "a…"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := card.Shorten(tt.in, tt.limit); got != tt.want {
				t.Errorf("Shorten(%q, %d) = %q, want %q", tt.in, tt.limit, got, tt.want)
			}
		})
	}
}

func TestShortenKeepsToTheLimit(t *testing.T) {
	t.Parallel()
	keeps := func(s string, limit uint8) bool {
		return utf8.RuneCountInString(card.Shorten(s, int(limit))) <= int(limit)
	}
	if err := quick.Check(keeps, nil); err != nil {
		t.Error(err)
	}
}
