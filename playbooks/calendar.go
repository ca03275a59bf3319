package playbooks

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/goccy/go-yaml/ast"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks/language"
)

// Retirement is the day on which something legacy ends.
type Retirement struct {
	ID string
	// Protocols whose clients count down to it; empty if none does.
	Protocols []detect.Protocol
	// Families narrows it to some kinds of device; empty means every one.
	Families []useragent.Family
	Date     time.Time // midnight UTC
	Words    string    // how the date is said
	// Translations say it in other languages, by code, where it is not said as a
	// plain date.
	Translations map[string]string
	What         string    // what happens, in a sentence
	Source       string    // https address
	Checked      time.Time // day the source was read, midnight UTC
}

// Left says how far away the day is: "39 days left", "1 day left", "today",
// "since 2022-10-01".
func (r Retirement) Left(today time.Time) string {
	switch days := int(r.Date.Sub(dayOf(today)).Hours() / 24); {
	case days > 1:
		return fmt.Sprintf("%d days left", days)
	case days == 1:
		return "1 day left"
	case days == 0:
		return "today"
	}
	return "since " + r.Date.Format(time.DateOnly)
}

// Say gives how the date is said in a language.
func (r Retirement) Say(l *language.Language) string {
	switch words, ok := r.Translations[l.Code]; {
	case ok:
		return words
	case l.Code == language.English:
		return r.Words
	}
	return l.Date(r.Date)
}

// translations reads how a date is said in other languages.
func (s strict) translations(n ast.Node) map[string]string {
	all := map[string]string{}
	known := fields{}
	for _, code := range language.Codes() {
		if code != language.English {
			known[code] = func(n ast.Node) { all[code] = s.text(n) }
		}
	}
	s.mapping(n, known)
	return all
}

// dayOf gives the day of a time, in the time's own zone, as midnight UTC.
func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// calendar is the retirements by date, then id.
type calendar []Retirement

func (c calendar) byID(id string) (Retirement, bool) {
	i := slices.IndexFunc(c, func(r Retirement) bool { return r.ID == id })
	if i < 0 {
		return Retirement{}, false
	}
	return c[i], true
}

func (c calendar) ids() []string {
	list := make([]string, len(c))
	for i, r := range c {
		list[i] = r.ID
	}
	return list
}

// deadline gives the day that clients of a protocol and family count down to.
func (c calendar) deadline(p detect.Protocol, f useragent.Family, today time.Time) (Retirement, bool) {
	var best Retirement
	found := false
	for _, r := range c {
		if !slices.Contains(r.Protocols, p) || len(r.Families) > 0 && !slices.Contains(r.Families, f) {
			continue
		}
		if !found || r.before(best, dayOf(today)) {
			best, found = r, true
		}
	}
	return best, found
}

// before says whether r is the more telling of two days: one that names the
// family, then one still ahead, then the nearer one.
func (r Retirement) before(other Retirement, today time.Time) bool {
	if named := len(r.Families) > 0; named != (len(other.Families) > 0) {
		return named
	}
	ahead := !r.Date.Before(today)
	if ahead != !other.Date.Before(today) {
		return ahead
	}
	if ahead {
		return r.Date.Before(other.Date)
	}
	return r.Date.After(other.Date)
}

// merged gives c with the entries of over put in, by id.
func (c calendar) merged(over calendar) calendar {
	all := slices.Clone(over)
	for _, r := range c {
		if _, replaced := over.byID(r.ID); !replaced {
			all = append(all, r)
		}
	}
	all.sort()
	return all
}

func (c calendar) sort() {
	slices.SortFunc(c, func(a, b Retirement) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.ID, b.ID))
	})
}

// retirements reads a calendar file.
func (r *report) retirements(src []byte) calendar {
	src, ok := r.clean(src)
	if !ok {
		return nil
	}
	s := strict{r, 0}
	doc := s.document(src)
	if doc == nil {
		return nil
	}
	var c calendar
	s.list(doc, func(n ast.Node) {
		e := s.retirement(n)
		if _, twice := c.byID(e.ID); twice {
			s.add(s.line(n), "rename one of the two", "id %q stands in the calendar already", e.ID)
		}
		c = append(c, e)
	})
	c.sort()
	return c
}

func (s strict) retirement(n ast.Node) Retirement {
	var e Retirement
	seen := s.mapping(n, fields{
		"id":        func(n ast.Node) { e.ID = s.text(n) },
		"protocols": func(n ast.Node) { e.Protocols = several(s, n, "protocol", detect.Protocols()) },
		"families":  func(n ast.Node) { e.Families = several(s, n, "family", useragent.Families()) },
		"date":      func(n ast.Node) { e.Date = s.day(n) },
		"words":     func(n ast.Node) { e.Words = s.text(n) },
		"in":        func(n ast.Node) { e.Translations = s.translations(n) },
		"what":      func(n ast.Node) { e.What = s.text(n) },
		"source":    func(n ast.Node) { e.Source = s.address(n) },
		"checked":   func(n ast.Node) { e.Checked = s.day(n) },
	})
	s.require(n, seen, "id", "protocols", "date", "what", "source", "checked")
	if e.ID != "" && !idForm().MatchString(e.ID) {
		s.add(s.line(n), "use lower-case letters and digits joined by single dashes", "id %q is not well formed", e.ID)
	}
	if e.Words == "" {
		e.Words = e.Date.Format(time.DateOnly)
	}
	return e
}
