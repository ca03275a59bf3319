package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"
)

// Age is a stretch of time before now: a whole number of hours, days or weeks
// ("12h", "30d", "4w"). Zero is no limit.
type Age time.Duration

const longestAge = 10 * 365 * 24 * time.Hour

// Decode reads an age from the command line.
func (a *Age) Decode(ctx *kong.DecodeContext) error {
	var text string
	if err := ctx.Scan.PopValueInto("age", &text); err != nil {
		return err
	}
	d, err := parseAge(text)
	*a = Age(d)
	return err
}

func parseAge(text string) (time.Duration, error) {
	units := map[string]time.Duration{"h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}
	for unit, length := range units {
		number, ok := strings.CutSuffix(strings.TrimSpace(text), unit)
		if !ok {
			continue
		}
		n, err := strconv.Atoi(number)
		if err != nil || n <= 0 || time.Duration(n) > longestAge/length {
			break
		}
		return time.Duration(n) * length, nil
	}
	return 0, fmt.Errorf("%q is no age: write a whole number of hours, days or weeks, as in 12h, 30d or 4w, at most ten years", text)
}
