package cli

import (
	"time"

	"github.com/alecthomas/kong"

	"legacyauth/bot/config"
)

// Age is a stretch of time before now: a whole number of hours, days or weeks
// ("12h", "30d", "4w"). Zero is no limit.
type Age time.Duration

// Decode reads an age from the command line.
func (a *Age) Decode(ctx *kong.DecodeContext) error {
	var text string
	if err := ctx.Scan.PopValueInto("age", &text); err != nil {
		return err
	}
	d, err := config.ParseAge(text)
	*a = Age(d)
	return err
}
