package notice

import (
	"strings"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks/card"
)

// Device is what a client is called: the device where something names it, and
// otherwise what it does and from where. It never repeats what Exchange writes
// in place of an agent.
func (v *View) Device(c *Client) string {
	if named(c.Device) {
		if words := v.Language.Device(c.Device); words != "" && !marker(words) {
			return words
		}
	}
	return v.somewhere(c, v.what(c))
}

// named says whether something names a device.
func named(d detect.Device) bool {
	return (d.Named() || d.Model != "") && !marker(d.Model)
}

// what is what a client does that nothing names: to the person's own account, or
// to the one that it signs in as.
func (v *View) what(c *Client) string {
	if c.Owned {
		return v.Language.Say("what." + doing(c.Protocol))
	}
	return v.Language.Say("unnamed." + doing(c.Protocol))
}

// somewhere adds from where a client signs in.
func (v *View) somewhere(c *Client, what string) string {
	l := v.Language
	switch city, place := city(c), v.place(c); {
	case city != "":
		return l.Say("unnamed.near", "what", what, "city", city)
	case place != "":
		return l.Say("unnamed.from", "what", what, "place", place)
	case len(c.Networks) > 0:
		return l.Say("unnamed.network", "what", what, "address", c.Networks[0].Address)
	}
	return what
}

// marker says whether words repeat what Exchange writes when it translates a
// password.
func marker(words string) bool {
	words = strings.ToLower(words)
	return strings.Contains(words, "bav2ropc") || strings.Contains(words, "cbainprod")
}

// doing gives the end of the key of what something does that nothing names.
func doing(p detect.Protocol) string {
	switch p {
	case detect.SMTP, detect.IMAP, detect.POP, detect.EAS, detect.EWS:
		return string(p)
	case detect.MAPI, detect.RPC, detect.Autodiscover, detect.OAB:
		return "outlook"
	}
	return "other"
}

// place is the country that a client signs in from; empty where the log does
// not tell.
func (v *View) place(c *Client) string {
	if len(c.Networks) == 0 || c.Networks[0].Country == "" {
		return ""
	}
	return v.Language.Country(c.Networks[0].Country)
}

// city is where in that country the log places the address: a guess, which is
// said with it.
func city(c *Client) string {
	if len(c.Networks) == 0 {
		return ""
	}
	return card.Clean(c.Networks[0].City)
}

func (v *View) from(c *Client, r room) string {
	if len(c.Networks) == 0 {
		return ""
	}
	l, address := v.Language, c.Networks[0].Address
	if city := city(c); city != "" && !r.country {
		return l.Say("place.guessed", "place", l.City(city, c.Networks[0].Country), "address", address)
	}
	place := v.place(c)
	if place == "" {
		return address
	}
	return l.Say("place.address", "place", place, "address", address)
}

func (v *View) protocol(p detect.Protocol) string {
	if p == detect.Other || p == detect.Unknown {
		return v.Language.Say("protocol.other")
	}
	return p.Name()
}

// ends says when the client's way of signing in stops.
func (v *View) ends(c *Client) string {
	if c.Ends.ID == "" {
		return ""
	}
	l := v.Language
	today := v.today()
	if c.Ends.Date.Before(today) {
		return l.Say("stops.past", "date", c.Ends.Say(l))
	}
	return l.Say("stops.ahead", "date", c.Ends.Say(l), "left", l.Left(c.Ends.Date, today))
}

// soon is ends for the subject of a mail.
func (v *View) soon(c *Client) string {
	if c.Ends.ID != "" && c.Ends.Date.Before(v.today()) {
		return v.Language.Say("stops.soon")
	}
	return v.ends(c)
}

// today is midnight UTC of the person's day.
func (v *View) today() time.Time {
	y, m, d := v.Now.In(v.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// state says where a client stands.
func (v *View) state(c *Client) string {
	l := v.Language
	if c.Handed {
		return l.Say("state.handed")
	}
	if c.Held {
		return l.Say("state.held")
	}
	if c.Refuted() {
		return l.Say("state.refuted")
	}
	switch c.State {
	case migration.Acknowledged:
		return l.Say("state.acknowledged")
	case migration.ClaimedDone:
		return l.Say("state.claimed")
	case migration.Verified:
		return l.Say("state.verified")
	case migration.Closed:
		return l.Say("state.closed")
	case migration.Relapsed:
		return l.Say("state.relapsed")
	case migration.Excepted:
		return l.Say("state.excepted", "date", l.Date(c.ExceptUntil.In(v.Zone)))
	}
	return l.Say("state.todo")
}

// causesOf gives the keys of what usually explains that a device still signs in
// the old way.
func causesOf(d detect.Device, s migration.State) []string {
	switch d.Family {
	case useragent.IPhone, useragent.IPad, useragent.IPod, useragent.MacMail:
		if s == migration.Relapsed {
			return []string{"cause.apple.backup", "cause.apple.second"}
		}
		return []string{"cause.apple.old", "cause.apple.second", "cause.apple.backup"}
	case useragent.Android:
		return []string{"cause.android.app", "cause.android.second"}
	case useragent.OutlookWindows, useragent.OutlookMac, useragent.WindowsMail:
		return []string{"cause.outlook.setting", "cause.outlook.second"}
	case useragent.Thunderbird, useragent.MailApp:
		return []string{"cause.program.send", "cause.program.second"}
	}
	return []string{"cause.other.running", "cause.other.second"}
}
