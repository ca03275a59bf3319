package news

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/detect"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Usage is how a subscription is typed.
const Usage = "alerts here [--only in-use,relapsed] [--protocol smtp] [--tenant contoso] [--severity high] " +
	"[--quiet 20:00-07:00] [--zone Europe/Berlin] [--digest | --both] [--day monday] [--at 08:00]"

// Known is what the words of a subscription are checked against.
type Known struct {
	// Tenants are the names in the configuration.
	Tenants []string
	Zones   Zones
	// Zone is the zone where none is named; empty: UTC.
	Zone string
}

// digestHour is when a digest is due where no time is named, on a Monday.
const digestHour = 8 * 60

// ParseAlerts reads the words after "alerts here" into a subscription without
// place, person and time, which the caller knows. The error says which word is
// wrong and which one was most likely meant.
func ParseAlerts(words []string, k Known) (storage.Subscription, error) {
	p := parser{known: k}
	p.sub = storage.Subscription{
		Mode: ModeAlert, Zone: k.Zone,
		Digest: storage.DigestTurn{Day: time.Monday, Minute: digestHour},
	}
	for rest := chat.Flags(words); len(rest) > 0; {
		n, err := p.option(rest)
		if err != nil {
			return storage.Subscription{}, err
		}
		rest = rest[n:]
	}
	if p.turned && p.sub.Mode == ModeAlert {
		return storage.Subscription{}, errors.New("--day and --at say when a digest is due; add --digest or --both")
	}
	return p.sub, nil
}

type parser struct {
	known  Known
	sub    storage.Subscription
	moded  bool // --digest or --both was given
	turned bool // --day or --at was given
}

// options are the names that take a value, and how each is read.
func (p *parser) options() map[string]func(string) error {
	return map[string]func(string) error{
		"--only":     p.only,
		"--protocol": p.protocol,
		"--tenant":   p.tenant,
		"--severity": p.severity,
		"--quiet":    p.quiet,
		"--zone":     p.zone,
		"--day":      p.day,
		"--at":       p.at,
	}
}

// option reads the first option of words and says how many words it took.
func (p *parser) option(words []string) (int, error) {
	name := strings.ToLower(words[0])
	switch name {
	case "--digest", "--both":
		if p.moded {
			return 0, errors.New("use --digest or --both, once")
		}
		p.moded, p.sub.Mode = true, strings.TrimPrefix(name, "--")
		return 1, nil
	}
	read, ok := p.options()[name]
	if !ok {
		return 0, mistaken(words[0], "option of alerts", []string{
			"--only", "--protocol", "--tenant", "--severity",
			"--quiet", "--zone", "--digest", "--both", "--day", "--at",
		})
	}
	if len(words) < 2 || strings.HasPrefix(words[1], "--") {
		return 0, fmt.Errorf("%s needs a value; use it as in: %s", name, Usage)
	}
	if err := read(words[1]); err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	return 2, nil
}

// each reads a list with commas; what is named twice counts once.
func each(value, what string, list []string, put func(string)) error {
	for _, word := range strings.Split(value, ",") {
		i := slices.IndexFunc(list, func(w string) bool { return strings.EqualFold(w, word) })
		if i < 0 {
			return mistaken(word, what, list)
		}
		put(list[i])
	}
	return nil
}

func (p *parser) only(value string) error {
	var list []string
	for _, v := range detect.Verdicts() {
		list = append(list, string(v))
	}
	for _, k := range Kinds() {
		if !slices.Contains(list, string(k)) {
			list = append(list, string(k))
		}
	}
	return each(value, "verdict or kind of news", list, func(w string) { p.sub.Filter.Only = once(p.sub.Filter.Only, w) })
}

func (p *parser) protocol(value string) error {
	var list []string
	for _, x := range detect.Protocols() {
		list = append(list, string(x))
	}
	return each(value, "protocol", list, func(w string) {
		p.sub.Filter.Protocols = once(p.sub.Filter.Protocols, detect.Protocol(w))
	})
}

func (p *parser) tenant(value string) error {
	return each(value, "tenant of this program", p.known.Tenants, func(w string) {
		p.sub.Filter.Tenants = once(p.sub.Filter.Tenants, w)
	})
}

func (p *parser) severity(value string) error {
	var list []string
	for _, s := range Severities() {
		list = append(list, string(s))
	}
	return each(value, "severity", list, func(w string) { p.sub.Filter.Severity = w })
}

func (p *parser) quiet(value string) error {
	from, to, ok := strings.Cut(strings.ReplaceAll(value, "\u2013", "-"), "-")
	if !ok {
		return fmt.Errorf("%q is no stretch of hours; write it as 20:00-07:00", card.Clean(value))
	}
	var q storage.Quiet
	for _, end := range []struct {
		text string
		into *int
	}{{from, &q.From}, {to, &q.To}} {
		minute, err := timeOfDay(end.text)
		if err != nil {
			return err
		}
		*end.into = minute
	}
	if q.From == q.To {
		return fmt.Errorf("%q begins and ends at the same time; leave --quiet out to have no quiet hours", card.Clean(value))
	}
	p.sub.Quiet = q
	return nil
}

func (p *parser) zone(value string) error {
	if value != "Local" { // the machine's own zone would differ from replica to replica
		if _, err := p.known.Zones.of(value); err == nil {
			p.sub.Zone = value
			return nil
		}
	}
	return mistaken(value, "time zone", zoneNames)
}

func (p *parser) day(value string) error {
	var list []string
	for d := time.Sunday; d <= time.Saturday; d++ {
		list = append(list, strings.ToLower(d.String()))
	}
	p.turned = true
	return each(value, "day of the week", list, func(w string) { p.sub.Digest.Day = time.Weekday(slices.Index(list, w)) })
}

func (p *parser) at(value string) error {
	minute, err := timeOfDay(value)
	p.turned, p.sub.Digest.Minute = true, minute
	return err
}

func timeOfDay(s string) (int, error) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, fmt.Errorf("%q is no time of day; write it as 07:30", card.Clean(s))
	}
	return t.Hour()*60 + t.Minute(), nil
}

func once[T comparable](list []T, x T) []T {
	if slices.Contains(list, x) {
		return list
	}
	return append(list, x)
}
