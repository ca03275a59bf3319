package news

import (
	"fmt"
	"strings"
	"time"

	"legacyauth/storage"
)

// Spell gives the words that ParseAlerts reads as the subscription, for people
// to look at and to type again.
func Spell(s storage.Subscription) []string {
	var words []string
	put := func(name, value string) {
		if value != "" {
			words = append(words, name, value)
		}
	}
	put("--only", strings.Join(s.Filter.Only, ","))
	var protocols []string
	for _, p := range s.Filter.Protocols {
		protocols = append(protocols, string(p))
	}
	put("--protocol", strings.Join(protocols, ","))
	put("--tenant", strings.Join(s.Filter.Tenants, ","))
	put("--severity", s.Filter.Severity)
	if s.Quiet.From != s.Quiet.To {
		put("--quiet", hour(s.Quiet.From)+"-"+hour(s.Quiet.To))
	}
	put("--zone", s.Zone)
	if s.Mode == ModeDigest || s.Mode == ModeBoth {
		words = append(words, "--"+s.Mode)
		if s.Digest.Day != time.Monday {
			put("--day", strings.ToLower(s.Digest.Day.String()))
		}
		if s.Digest.Minute != digestHour {
			put("--at", hour(s.Digest.Minute))
		}
	}
	return words
}

func hour(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }
