package news_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/bot/news"
)

func TestHears(t *testing.T) {
	t.Parallel()
	known := news.Known{Tenants: []string{"contoso", "fabrikam"}, Zones: time.LoadLocation, Zone: "Europe/Berlin"}
	for typed, want := range map[string]string{
		"":                              "every alert",
		"--zone Asia/Tokyo":             "every alert",
		"--only in-use,relapsed":        "alerts of in-use or relapsed",
		"--protocol smtp,imap,pop":      "alerts about SMTP AUTH, IMAP4 or POP3",
		"--tenant contoso --only spray": "alerts of spray in contoso",
		"--severity high":               "alerts of at least high severity",
		"--quiet 20:00-07:00":           "every alert; from 20:00 to 07:00 (Europe/Berlin) only what is urgent",
		"--digest --day friday":         "the digest of each Friday, 08:00 (Europe/Berlin), made of every alert",
		"--both --at 09:30 --tenant fabrikam --quiet 20:00-07:00 --zone Asia/Tokyo": "alerts in fabrikam, and the digest of each Monday, 09:30 (Asia/Tokyo); from 20:00 to 07:00 (Asia/Tokyo) only what is urgent",
	} {
		s, err := news.ParseAlerts(strings.Fields(typed), known)
		if err != nil {
			t.Errorf("%q: %v", typed, err)
			continue
		}
		if got := news.Hears(s); got != want {
			t.Errorf("%q hears %q, want %q", typed, got, want)
		}
	}
}
