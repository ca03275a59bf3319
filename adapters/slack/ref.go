package slack

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"legacyauth/adapters/chat"
)

// refTo names a message by its channel and its time, which is its id there.
func refTo(channel, ts string) chat.Ref { return chat.Ref(channel + ":" + ts) }

var stamp = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9]{1,20}\.[0-9]{1,10}$`) })

// parseRef reads what refTo wrote.
func parseRef(r chat.Ref) (channel, ts string, err error) {
	channel, ts, ok := strings.Cut(string(r), ":")
	if !ok || channel == "" || !stamp().MatchString(ts) {
		return "", "", fmt.Errorf("%w: %q is no message of Slack", chat.ErrNoMessage, r)
	}
	return channel, ts, nil
}
