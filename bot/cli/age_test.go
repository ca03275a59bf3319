package cli

import (
	"testing"
	"time"
)

func TestParseAge(t *testing.T) {
	t.Parallel()
	good := map[string]time.Duration{"12h": 12 * time.Hour, "30d": 720 * time.Hour, "4w": 672 * time.Hour, "3650d": longestAge}
	good["1d\n"] = 24 * time.Hour
	for text, want := range good {
		if got, err := parseAge(text); err != nil || got != want {
			t.Errorf("parseAge(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "d", "0d", "-1d", "1.5d", "30", "30m", "1y", "9999999999999d", "3651d", "1d2h"} {
		if got, err := parseAge(text); err == nil {
			t.Errorf("parseAge(%q) = %v, want an error", text, got)
		}
	}
}

func TestProgressLine(t *testing.T) {
	t.Parallel()
	cases := []struct {
		read, total int64
		want        string
	}{
		{500e6, 1000e6, "scanning  500 MB  250 MB/s  50 % done  about 2s left"},
		{500e6, 0, "scanning  500 MB  250 MB/s"},
		{0, 1000e6, "scanning  0 MB  0 MB/s"},
		{1001e6, 1000e6, "scanning  1001 MB  500 MB/s  100 % done  about 0s left"},
	}
	for _, c := range cases {
		if got := progressLine(c.read, c.total, 2*time.Second); got != c.want {
			t.Errorf("read %d of %d: %q, want %q", c.read, c.total, got, c.want)
		}
	}
}
