package notice_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/notice"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/language"
)

// The limits of the platforms that people are told on.
var platforms = map[string]struct {
	limits card.Limits
	// components is how many a message may hold; 0: they are not counted.
	components int
}{
	// https://docs.slack.dev/reference/block-kit/blocks and
	// https://github.com/slackapi/bolt-js/issues/2509, read 2026-11-23; 3,000 and
	// 13,000 less what escaping may add.
	"slack": {card.Limits{Title: 150, Fallback: 150, Blocks: 48, Block: 2800, Total: 11000, Facts: 10, Actions: 25, Label: 75, Menu: 5}, 0},
	// https://discord.com/developers/docs/components/reference, read 2026-11-23:
	// 40 components and 4,000 characters.
	"discord": {card.Limits{Title: 200, Fallback: 200, Total: 4000, Actions: 5, Label: 80, Menu: 25}, 40},
}

// components counts what a card takes of Discord's components: a container, a
// text for the title and all blocks up to the next entry, a section with text and
// button for an entry with one action, a text and a row with a menu for one with
// more, a row of buttons.
func components(c card.Card) int {
	n, text := 2, true
	for _, b := range c.Blocks {
		e, ok := b.(card.Entry)
		switch {
		case ok && len(e.Menu) > 0:
			n, text = n+3, false
		case !text:
			n, text = n+1, true
		}
	}
	if len(c.Actions) > 0 {
		n += 1 + len(c.Actions)
	}
	return n
}

func fixture(t *testing.T) (*playbooks.Library, *language.Catalog) {
	t.Helper()
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	languages, err := language.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return library, languages
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// clientFor is a client with long names whose person follows the playbook, or for
// which an owner does who follows that of an admin.
func clientFor(library *playbooks.Library, p *playbooks.Playbook, key string) notice.Client {
	family := useragent.ExchangeTranslated
	if len(p.Families) > 0 {
		family = p.Families[0]
	}
	c := notice.Client{
		Client: detect.Client{
			Key: key, Verdict: detect.Blocked, Protocol: detect.EAS,
			User:   detect.User{Name: "maria-magdalena.featherstonehaugh@northern-europe.contoso.com"},
			Device: useragent.Device{Family: family, Model: "iPhone 15 Pro Max", OS: "iOS", Version: "17.6.1", Confidence: useragent.Certain},
			First:  noon.AddDate(0, 0, -30), Last: noon.Add(-time.Hour), LastRight: noon.Add(-time.Hour),
			Networks: []detect.Network{{Address: "2001:db8:1234:5678::/64", Country: "GB", Count: 400, City: "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"}},
		},
		State: migration.Acknowledged, Event: migration.SignedInAgain, Since: noon, Playbook: p, Checked: map[int]bool{1: true, 2: true, 3: true},
		Generation: 1234, Owned: p.For == playbooks.Admin,
	}
	if c.Owned {
		c.User.Name = "multifunction-printer-3rd-floor-" + key + "@northern-europe.contoso.com"
	}
	c.Ends, _ = library.Deadline(detect.EAS, family, noon)
	return c
}

func view(l *language.Language, clients ...notice.Client) notice.View {
	return notice.View{
		Language: l, Zone: time.FixedZone("+0530", 19800), Now: noon, User: "maria-magdalena.featherstonehaugh@northern-europe.contoso.com", Clients: clients, Remind: noon.AddDate(0, 0, 3),
		Contact: "IT service desk Northern Europe, extension 4711", Check: "the page Your mail sign-in on intranet.contoso.com",
	}
}

// TestEveryPlaybookFitsEveryPlatform renders the longest message that a person or
// an owner can get, for each playbook in each language, with a claim that did not
// hold and a second device, within the limits of each platform and with nothing cut.
// An owner may read of a person's device, too: that of somebody who has left.
func TestEveryPlaybookFitsEveryPlatform(t *testing.T) {
	t.Parallel()
	library, languages := fixture(t)
	longest := map[string]string{}
	most := map[string]int{}
	for _, p := range library.All() {
		for _, code := range language.Codes() {
			one, two := clientFor(library, p, "k7f3q2m9x4ab"), clientFor(library, p, "k8f3q2m9x4ab")
			c := notice.Card(view(languages.For(code), one, two))
			longer := func() {
				if other := notice.Card(view(languages.For(code), one, two)); len(chat.Plain(other)) > len(chat.Plain(c)) {
					c = other
				}
			}
			if p.For == playbooks.Person {
				one.Owned, two.Owned = true, true
				longer()
			}
			one.Checked, one.Earlier = nil, notice.Earlier{Done: 3, Of: 6}
			longer()
			for _, a := range actions(c) {
				if err := must(chat.ParsePress(a.ID)); err != nil {
					t.Errorf("%s in %s: %v", p.ID, code, err)
				}
			}
			for name, platform := range platforms {
				t.Run(fmt.Sprintf("%s/%s/%s", p.ID, code, name), func(t *testing.T) {
					fitted, cuts := card.Fit(c, platform.limits)
					if cuts > 0 {
						t.Errorf("%d things were cut of %d characters; left are:\n%s", cuts, len([]rune(chat.Plain(c))), chat.Plain(fitted))
					}
					if n := components(c); platform.components > 0 && n > platform.components {
						t.Errorf("%d components, at most %d", n, platform.components)
					}
				})
				if n := len([]rune(chat.Plain(c))); n > most[name] {
					most[name], longest[name] = n, p.ID+" "+code
				}
			}
		}
	}
	t.Logf("the longest: %v with %v characters", longest, most)
}

func must(_ chat.Press, err error) error { return err }

func actions(c card.Card) []card.Action {
	all := slices.Clone(c.Actions)
	for _, b := range c.Blocks {
		if e, ok := b.(card.Entry); ok {
			all = append(all, e.Menu...)
		}
	}
	return all
}

// TestNeverWhatExchangeWritesInPlaceOfADevice holds for every family and
// protocol.
func TestNeverWhatExchangeWritesInPlaceOfADevice(t *testing.T) {
	t.Parallel()
	library, languages := fixture(t)
	p, _ := library.ByID("find-the-device")
	for _, code := range language.Codes() {
		for _, family := range useragent.Families() {
			for _, protocol := range detect.Protocols() {
				c := clientFor(library, p, "k7f3q2m9x4ab")
				c.Device, c.Protocol, c.Agents = useragent.Device{Family: family, Model: "BAV2ROPC"}, protocol, []string{"BAV2ROPC"}
				v := view(languages.For(code), c)
				if words := v.Device(&v.Clients[0]); words == "" || family == useragent.Unknown && len(words) < 10 {
					t.Errorf("%s %s in %s is called %q", family, protocol, code, words)
				}
				if words := v.Device(&v.Clients[0]); slices.Contains([]useragent.Family{useragent.ExchangeTranslated, useragent.Unknown}, family) && contains(words) {
					t.Errorf("%s %s in %s is called %q", family, protocol, code, words)
				}
			}
		}
	}
}

func contains(words string) bool {
	for i := 0; i+8 <= len(words); i++ {
		if words[i:i+8] == "BAV2ROPC" {
			return true
		}
	}
	return false
}
