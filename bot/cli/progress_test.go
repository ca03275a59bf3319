package cli

import (
	"testing"
	"time"
)

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
