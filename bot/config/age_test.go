package config

import (
	"testing"
	"time"
)

func TestParseAge(t *testing.T) {
	t.Parallel()
	good := map[string]time.Duration{"12h": 12 * time.Hour, "30d": 720 * time.Hour, "4w": 672 * time.Hour, "3650d": LongestAge}
	good["1d\n"] = 24 * time.Hour
	for text, want := range good {
		if got, err := ParseAge(text); err != nil || got != want {
			t.Errorf("ParseAge(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "d", "0d", "-1d", "1.5d", "30", "30m", "1y", "9999999999999d", "3651d", "1d2h"} {
		if got, err := ParseAge(text); err == nil {
			t.Errorf("ParseAge(%q) = %v, want an error", text, got)
		}
	}
}
