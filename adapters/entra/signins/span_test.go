package signins

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// hours is a span of hours after noon.
func hours(from, to int) span {
	return span{noon.Add(time.Duration(from) * time.Hour), noon.Add(time.Duration(to) * time.Hour)}
}

var spanned = cmp.AllowUnexported(span{})

func TestSpansMerge(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		spans spans
		add   span
		want  spans
	}{
		{"first", nil, hours(0, 1), spans{hours(0, 1)}},
		{"touching", spans{hours(0, 1)}, hours(1, 2), spans{hours(0, 2)}},
		{"apart", spans{hours(0, 1)}, hours(2, 3), spans{hours(0, 1), hours(2, 3)}},
		{"before", spans{hours(2, 3)}, hours(0, 1), spans{hours(0, 1), hours(2, 3)}},
		{"between", spans{hours(0, 1), hours(2, 3)}, hours(1, 2), spans{hours(0, 3)}},
		{"inside", spans{hours(0, 5)}, hours(1, 2), spans{hours(0, 5)}},
		{"over several", spans{hours(0, 1), hours(2, 3), hours(4, 5)}, hours(0, 4), spans{hours(0, 5)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, c.spans.with(c.add), spanned); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSpansMissing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		spans spans
		asked span
		want  spans
	}{
		{"nothing read", nil, hours(0, 9), spans{hours(0, 9)}},
		{"all read", spans{hours(0, 9)}, hours(0, 9), nil},
		{"more than asked", spans{hours(-5, 20)}, hours(0, 9), nil},
		{"the newest missing", spans{hours(0, 4)}, hours(0, 9), spans{hours(4, 9)}},
		{"the oldest missing", spans{hours(4, 9)}, hours(0, 9), spans{hours(0, 4)}},
		{"holes", spans{hours(1, 2), hours(4, 5)}, hours(0, 9), spans{hours(0, 1), hours(2, 4), hours(5, 9)}},
		{"elsewhere", spans{hours(20, 30)}, hours(0, 9), spans{hours(0, 9)}},
		{"nothing asked", spans{hours(1, 2)}, hours(3, 3), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, c.spans.missing(c.asked), spanned); diff != "" {
				t.Error(diff)
			}
			covered := c.asked.length()
			for _, m := range c.want {
				covered -= m.length()
			}
			if got := c.spans.within(c.asked); got != covered {
				t.Errorf("covers %s, want %s", got, covered)
			}
		})
	}
}

func TestWholeSeconds(t *testing.T) {
	t.Parallel()
	got := whole(noon.Add(300*time.Millisecond), noon.Add(1200*time.Millisecond))
	if want := (span{noon, noon.Add(2 * time.Second)}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
	if got := whole(noon, noon); !got.empty() {
		t.Errorf("no time became %v", got)
	}
}
