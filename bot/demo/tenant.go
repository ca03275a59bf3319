package demo

import (
	"fmt"
	"strings"
	"time"

	"legacyauth/bot/demo/graphlog"
)

// Ids of the two tenants: Contoso, and Fabrikam where its guests come from.
const (
	contoso  = "5d1f6a10-9c0e-4a53-8a6e-2f0c7c0a5e01"
	fabrikam = "b7c2d1e4-33f8-4b0a-9d57-6a1e0f4c8d02"
	domain   = "contoso.com"
)

// site is an office: its clock, its place, and its address to the outside.
type site struct {
	name           string
	winter, summer time.Duration // offset from UTC
	winterFrom     time.Time     // when summer time ends
	place          graphlog.Place
	mobile         graphlog.Place // where carriers' addresses seem to be
	address        string
	asn            int
}

// The four offices. System numbers are those reserved for documentation
// (RFC 5398).
var (
	berlin = &site{
		name: "Berlin", winter: time.Hour, summer: 2 * time.Hour,
		winterFrom: time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC),
		place:      graphlog.Place{City: "Berlin", State: "Berlin", Country: "DE", Latitude: 52.5244, Longitude: 13.4105},
		mobile:     graphlog.Place{City: "Potsdam", State: "Brandenburg", Country: "DE", Latitude: 52.3989, Longitude: 13.0657},
		address:    "192.0.2.10", asn: 64496,
	}
	lisbon = &site{
		name: "Lisbon", winter: 0, summer: time.Hour,
		winterFrom: time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC),
		place:      graphlog.Place{City: "Lisboa", State: "Lisboa", Country: "PT", Latitude: 38.7167, Longitude: -9.1333},
		mobile:     graphlog.Place{City: "Almada", State: "Setubal", Country: "PT", Latitude: 38.6765, Longitude: -9.1651},
		address:    "192.0.2.40", asn: 64497,
	}
	chicago = &site{
		name: "Chicago", winter: -6 * time.Hour, summer: -5 * time.Hour,
		winterFrom: time.Date(2026, 11, 1, 7, 0, 0, 0, time.UTC),
		place:      graphlog.Place{City: "Chicago", State: "Illinois", Country: "US", Latitude: 41.85, Longitude: -87.65},
		mobile:     graphlog.Place{City: "Aurora", State: "Illinois", Country: "US", Latitude: 41.7606, Longitude: -88.3201},
		address:    "192.0.2.70", asn: 64498,
	}
	singapore = &site{
		name: "Singapore", winter: 8 * time.Hour, summer: 8 * time.Hour,
		place:   graphlog.Place{City: "Singapore", State: "Central Singapore", Country: "SG", Latitude: 1.2897, Longitude: 103.8501},
		mobile:  graphlog.Place{City: "Singapore", State: "Central Singapore", Country: "SG", Latitude: 1.3521, Longitude: 103.8198},
		address: "192.0.2.100", asn: 64499,
	}
)

// clock gives the offset of local time from UTC at t.
func (s *site) clock(t time.Time) time.Duration {
	if s.winterFrom.IsZero() || !t.Before(s.winterFrom) {
		return s.winter
	}
	return s.summer
}

// account is a mailbox that signs in.
type account struct {
	graphlog.User
	site *site
	// index numbers the account; its home network follows from it.
	index int
	// laptop and phone are the person's registered devices.
	laptop, phone graphlog.Device
	// agent is the browser the person uses.
	agent string
}

// network is an address and what Entra says about it.
type network struct {
	ip    string
	asn   int
	place graphlog.Place
}

func (a *account) office() network { return network{a.site.address, a.site.asn, a.site.place} }

// home is the person's own connection; numbers past the reserved range get an
// IPv6 prefix each.
func (a *account) home() network {
	if a.index < 180 {
		return network{fmt.Sprintf("198.51.100.%d", 10+a.index), 64500, a.site.place}
	}
	return network{fmt.Sprintf("2001:db8:%x:%x::10", 0x4000+a.index>>16, a.index&0xffff), 64500, a.site.place}
}

// carrier is a mobile operator's address that many people share.
func (a *account) carrier(n int) network {
	shared := map[*site]int{berlin: 200, lisbon: 205, chicago: 210, singapore: 215}
	return network{fmt.Sprintf("192.0.2.%d", shared[a.site]+n%3), 64501, a.site.mobile}
}

// roaming is the person's own /64 at a mobile operator, where the host part
// changes all the time.
func (a *account) roaming(host uint32) network {
	return network{fmt.Sprintf("2001:db8:c0:%x::%x:%x", 0x100+a.index, host>>16, host&0xffff), 64502, a.site.mobile}
}

// employee is a person of Contoso as listed.
type employee struct {
	name string
	site *site
}

// address is the local part of the person's user name.
func (e employee) address() string {
	return strings.ToLower(strings.ReplaceAll(e.name, " ", "."))
}
