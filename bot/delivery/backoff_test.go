package delivery

import (
	"testing"
	"time"
)

func TestPause(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		attempt int
		asked   time.Duration
		random  float64
		want    time.Duration
	}{
		"first, shortest":            {1, 0, 0, 875 * time.Millisecond},
		"first, middle":              {1, 0, 0.5, time.Second},
		"second":                     {2, 0, 0.5, 2 * time.Second},
		"tenth":                      {10, 0, 0.5, 512 * time.Second},
		"eleventh is the longest":    {11, 0, 0.5, 15 * time.Minute},
		"thousandth":                 {1000, 0, 0.5, 15 * time.Minute},
		"none yet":                   {0, 0, 0.5, time.Second},
		"asked, never sooner":        {7, 30 * time.Second, 0, 30 * time.Second},
		"asked, a little later":      {7, 30 * time.Second, 0.5, 32500 * time.Millisecond},
		"asked shortly, spread less": {1, time.Second, 0.5, 1125 * time.Millisecond},
		"asked for ever":             {1, 1000 * time.Hour, 0, 24 * time.Hour},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := pause(tt.attempt, tt.asked, tt.random); got != tt.want {
				t.Errorf("pause(%d, %v, %v) = %v, want %v", tt.attempt, tt.asked, tt.random, got, tt.want)
			}
		})
	}
}
