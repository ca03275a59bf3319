package people_test

import (
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/storage"
)

// known makes an account known on the platform, and gives its person.
func (w *world) known(name, locale, zone string) chat.Person {
	person := chat.Person{Platform: "slack", Workspace: "T1", ID: "U" + strings.ToUpper(name), Locale: locale, Zone: zone}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.folk[name+"@contoso.com"] = people.Found{Place: person.Direct(), Locale: locale, Zone: zone}
	return person
}

// phone is a client: the built-in mail of an iPhone.
func phone(key, name string) storage.Client {
	return storage.Client{Client: detect.Client{
		Key: key, User: detect.User{Name: name + "@contoso.com", Display: "Priya Nair"}, Protocol: detect.EAS, Verdict: detect.InUse,
		Device: useragent.Device{Family: useragent.IPhone, Model: "iPhone 11", OS: "iOS", Version: "14.8", Confidence: useragent.Certain},
		First:  monday.Add(-20 * day), Last: monday.Add(-time.Hour), LastRight: monday.Add(-time.Hour),
		Tally:    detect.Tally{Total: 412, Succeeded: 400},
		Networks: []detect.Network{{Address: "192.0.2.7", Country: "PT", Count: 412, City: "Lisboa"}},
	}}
}

func reader(key, name string) storage.Client {
	c := phone(key, name)
	c.Protocol, c.Device = detect.IMAP, useragent.Device{Family: useragent.ExchangeTranslated, Confidence: useragent.NotKnown}
	c.Agents = []string{"BAV2ROPC"}
	return c
}

func (w *world) save(clients ...storage.Client) {
	w.t.Helper()
	w.write(func(tx *storage.Tx) error {
		for _, c := range clients {
			c.Tenant = w.tenant
			if err := tx.SaveClient(&c); err != nil {
				return err
			}
		}
		return nil
	})
}
