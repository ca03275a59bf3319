package people

import (
	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/people/campaign"
	"legacyauth/detect/useragent"
)

// Holds gives what the settings of a tenant hold back: steps that cannot work as
// long as a setting is as it is. An answer that cannot be given holds back
// nothing.
func Holds(items []settings.Item) []campaign.Hold {
	apple := []useragent.Family{useragent.IPhone, useragent.IPad, useragent.IPod, useragent.MacMail}
	outlook := []useragent.Family{useragent.OutlookWindows, useragent.OutlookMac}
	known := map[string]campaign.Hold{
		"apple.consent": {
			Why:      "No admin has consented to Apple's application for all users, so people who follow the steps for an iPhone, iPad or Mac would be refused: see the playbook apple-consent.",
			Families: apple,
		},
		"apple.enabled": {
			Why:      "Apple's application is switched off or limited to some people, so the steps for an iPhone, iPad or Mac would fail: see the playbook apple-consent.",
			Families: apple,
		},
		"exchange.ews-apple": {
			Why:      "Apple's application is not on the allow-list of Exchange Web Services, so Mail on a Mac would not connect: see the playbook macos-mail-ews.",
			Families: []useragent.Family{useragent.MacMail},
		},
		"exchange.modern-auth": {
			Why:      "Modern authentication is switched off for the organization, so Outlook cannot use it: see the playbook outlook-windows.",
			Families: outlook,
		},
	}
	var holds []campaign.Hold
	for _, i := range items {
		if h, ok := known[i.ID]; ok && i.Answer == settings.No {
			holds = append(holds, h)
		}
	}
	return holds
}
