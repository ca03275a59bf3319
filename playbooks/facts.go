package playbooks

import (
	"strconv"
	"strings"
	"time"

	"legacyauth/detect"
	"legacyauth/playbooks/language"
)

// Facts is what a playbook's placeholders are filled from. The zero value fills
// them with general words; only Today is always needed.
type Facts struct {
	// Client is whom the card is about; nil for a playbook shown by itself.
	Client *detect.Client
	// Today is the day that the days left are counted from.
	Today time.Time
	// Contact says who runs the program ("IT service desk, extension 100").
	Contact string
	// Language is the language of Playbook.Guide; nil: English.
	Language *language.Language
}

// words are the facts as one playbook says them.
type words struct {
	Facts
	audience Audience
	calendar calendar
	// retirement is what the client counts down to; its id is empty if nothing.
	retirement Retirement
}

// words counts down to the client's own day, as a scan does, and only without
// one to the playbook's. The end of Basic authentication does not stop a client
// that sends a token; the end of EWS does.
func (p *Playbook) words(f Facts) words {
	w := words{Facts: f, audience: p.For, calendar: p.calendar}
	if c := f.Client; c != nil {
		if c.Auth.Kind == detect.Token && c.Protocol != detect.EWS {
			return w
		}
		var ok bool
		if w.retirement, ok = p.calendar.deadline(c.Protocol, c.Device.Family, f.Today); ok {
			return w
		}
	}
	w.retirement, _ = p.calendar.byID(p.Retirement)
	return w
}

// say gives the words for a slot; general ones where the facts have none.
func (w words) say(s slot) string {
	if w.Language != nil && w.Language.Code != language.English {
		return w.foreign(s)
	}
	if fact := w.fact(s); fact != "" && !isMarker(fact) {
		return fact
	}
	return w.generally(s)
}

// fact gives what is known for a slot, or nothing.
func (w words) fact(s slot) string {
	if id, ok := s.entry(); ok {
		r, _ := w.calendar.byID(id)
		return r.Words
	}
	switch s {
	case slotRetires:
		return w.retirement.Words
	case slotDays:
		if w.retirement.ID == "" {
			return ""
		}
		return w.retirement.Left(w.Today)
	case slotContact:
		return w.Contact
	}
	c := w.Client
	if c == nil {
		return ""
	}
	switch s {
	case slotUser:
		return c.User.Name
	case slotName:
		return c.User.Display
	case slotDevice:
		if w.audience == Person {
			return yours(c.Device)
		}
		return c.Device.Words()
	case slotModel:
		return c.Device.Model
	case slotOS:
		return c.Device.OS
	case slotVersion:
		return c.Device.Version
	case slotProtocol:
		return c.Protocol.Name()
	case slotApp:
		if len(c.Apps) > 0 {
			return c.Apps[0]
		}
	case slotFirst:
		return day(c.First)
	case slotLast:
		return day(c.Last)
	case slotNetwork:
		if len(c.Networks) > 0 {
			return c.Networks[0].Address
		}
	case slotCountry:
		if len(c.Networks) > 0 {
			return c.Networks[0].Country
		}
	case slotSignIns:
		return strconv.Itoa(c.Tally.Total)
	}
	return ""
}

// user gives the account's address, or nothing.
func (w words) user() string { return w.fact(slotUser) }

// placeholderUser stands in commands where no account is known.
const placeholderUser = "user@contoso.com"

// typed gives the account as it may stand in a command.
func (w words) typed() string {
	if user := w.user(); Typable(user) {
		return user
	}
	return placeholderUser
}

// generally gives the words for a slot when nothing is known.
func (w words) generally(s slot) string {
	person := w.audience == Person
	if _, ok := s.entry(); ok {
		s = slotRetires
	}
	switch s {
	case slotUser:
		if person {
			return "your account"
		}
		return "the account"
	case slotName:
		if person {
			return "you"
		}
		return "the person"
	case slotContact:
		if person {
			return "your administrator"
		}
		return "the administrator"
	}
	return map[slot]string{
		slotDevice:   "this device",
		slotModel:    "this device",
		slotOS:       "its operating system",
		slotVersion:  "its version",
		slotProtocol: "a legacy protocol",
		slotApp:      "the application",
		slotFirst:    "not known",
		slotLast:     "not known",
		slotNetwork:  "its network",
		slotCountry:  "its country",
		slotSignIns:  "several",
		slotRetires:  "not known",
		slotDays:     "the date is not known",
	}[s]
}

// isMarker says whether text is what Exchange writes in place of an agent when
// it translates a password for a client. It names no device and no program.
func isMarker(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "bav2ropc") || strings.HasPrefix(text, "cbain")
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
