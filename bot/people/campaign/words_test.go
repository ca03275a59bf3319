package campaign_test

import (
	"testing"

	"legacyauth/bot/people/campaign"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

func TestWhatACampaignIsAbout(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		called string
		choice campaign.Choice
		want   string
		chose  bool
	}{
		"nothing said":           {"autumn", campaign.Choice{}, "every protocol; every device; every verdict; everybody's", false},
		"called for a protocol":  {"SMTP", campaign.Choice{}, "SMTP AUTH; every device; every verdict; everybody's", true},
		"called for a family":    {"iphone", campaign.Choice{}, "every protocol; only devices of the kind iphone; every verdict; everybody's", true},
		"a group of that name":   {"smtp", campaign.Choice{Group: "Pilot", Users: []string{"a", "b"}}, "SMTP AUTH; every device; every verdict; of group Pilot", true},
		"a choice goes before":   {"smtp", campaign.Choice{Families: []useragent.Family{useragent.IPad, useragent.IPhone}}, "every protocol; only devices of the kind ipad or iphone; every verdict; everybody's", false},
		"another protocol":       {"smtp", campaign.Choice{Protocols: []detect.Protocol{detect.IMAP, detect.POP}}, "IMAP4, POP3; every device; every verdict; everybody's", false},
		"a verdict":              {"smtp", campaign.Choice{Verdicts: []detect.Verdict{detect.InUse}}, "every protocol; every device; only the verdict in-use; everybody's", false},
		"words for other things": {"other", campaign.Choice{Users: []string{"a"}}, "every protocol; every device; every verdict; of 1 user", false},
	} {
		chose := tc.choice.ByName(tc.called)
		if got := tc.choice.Words(); got != tc.want || chose != tc.chose {
			t.Errorf("%s: %q, %t", name, got, chose)
		}
	}
}
