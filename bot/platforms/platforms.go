// Package platforms opens the chat platforms of the configuration.
package platforms

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"legacyauth/bot/config"
	"legacyauth/bot/serve"
)

// Options are what platforms are opened with.
type Options struct {
	Log *slog.Logger
	Now func() time.Time
}

// opener opens one platform; false: the configuration has none of it. It reads
// secrets from where the configuration says, and asks nobody.
type opener func(c config.Config, o Options) (serve.Platform, bool, error)

// openers are all platforms there are.
var openers = []opener{openSlack, openDiscord}

// Open gives the platforms that the configuration has, ready to run. An error
// says of each one that cannot be opened what to do; none is then opened.
func Open(c config.Config, o Options) ([]serve.Platform, error) {
	var open []serve.Platform
	var errs []error
	for _, one := range openers {
		p, there, err := one(c, o)
		switch {
		case err != nil:
			errs = append(errs, err)
		case there:
			open = append(open, p)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("open the chat platforms: %w", err)
	}
	return open, nil
}
