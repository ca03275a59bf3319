package demo

import (
	"cmp"
	"math/rand/v2"
	"net/netip"
	"time"

	"legacyauth/bot/demo/graphlog"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// story is one legacy client and how it behaves.
type story struct {
	who      string // local part of the account's address
	protocol detect.Protocol
	// app is clientAppUsed; apps are several spellings, drawn for each row.
	app    string
	apps   []string
	agent  string
	agents []string // several spellings, drawn for each row
	// then is the agent from day change on (an update); zero is never.
	then   string
	change int

	family         useragent.Family
	model, version string // for Truth
	verdict        detect.Verdict
	auth           detect.AuthKind // for Truth; empty is basic

	when  rhythm
	where whereabouts
	// first and last bound the days of the window on which it signs in; a zero
	// last is the end.
	first, last int
	// code is how its sign-ins end; now and then it is slip instead.
	code, slip int

	protocolName string               // authenticationProtocol; empty is "ropc"
	via          graphlog.Application // the application that asks; empty is Exchange
	device       graphlog.Device
	interactive  bool
}

// whereabouts says from which network an account signs in at a time.
type whereabouts func(r *rand.Rand, a *account, t time.Time) network

// The services that sign-ins go through or to.
var (
	exchange   = graphlog.Application{ID: "00000002-0000-0ff1-ce00-000000000000", Name: "Office 365 Exchange Online"}
	appleMail  = graphlog.Application{ID: "f8d98a96-0999-43f5-8af3-69971c7bb423", Name: "Apple Internet Accounts"}
	graphAPI   = graphlog.Application{ID: "00000003-0000-0000-c000-000000000000", Name: "Microsoft Graph"}
	sharePoint = graphlog.Application{ID: "00000003-0000-0ff1-ce00-000000000000", Name: "Office 365 SharePoint Online"}
)

// slipShare is how often a sign-in ends with a story's slip.
const slipShare = 0.15

// tell plays stories that share one part's chance.
func (s *scene) tell(stories ...story) {
	for _, st := range stories {
		s.play(st)
	}
}

func (s *scene) play(st story) {
	a := s.person(st.who)
	r := s.chance("story " + st.who + string(st.protocol) + st.agent + st.device.ID)
	s.days(a.site, func(midnight time.Time) {
		for _, t := range st.when(r, a.site, midnight) {
			day := int(t.Sub(s.From) / (24 * time.Hour))
			from := st.where(r, a, t)
			code := st.code
			if st.slip != 0 && r.Float64() < slipShare {
				code = st.slip
			}
			row := s.legacy(r, a, t, from, code)
			st.dress(r, &row, day)
			if day < st.first || st.last != 0 && day > st.last {
				continue
			}
			s.log(row, s.expect(st.expected(a, from)))
		}
	})
}

// legacy is a sign-in by password through Exchange.
func (s *scene) legacy(r *rand.Rand, a *account, t time.Time, from network, code int) graphlog.SignIn {
	applied, caStatus := legacyPolicies(code)
	ok := code == 0 || code == quietlyStopped
	step := graphlog.Step{Method: "Password", Detail: "Password in the cloud", Requirement: "Primary authentication", Succeeded: ok}
	step.Result = "Correct password"
	if !ok {
		step.Result = "Invalid username or password or Invalid on-premise username or password."
	}
	if endings[code].stopped {
		step.Succeeded, step.Result = true, "Correct password"
	}
	return graphlog.SignIn{
		Time: t, Event: graphlog.NonInteractive, User: a.User,
		App: exchange, Resource: exchange, HomeTenant: contoso, ResourceTenant: contoso, CrossTenant: "none",
		AuthProtocol: "ropc", Requirement: "singleFactorAuthentication", IncomingType: "none",
		IP: from.ip, ASN: from.asn, Place: from.place,
		Status: status(code), CAStatus: caStatus, Policies: applied,
		Steps:        []graphlog.Step{step},
		Details:      []graphlog.Detail{legacyTLS, caeToken},
		Milliseconds: 80 + r.IntN(400),
	}
}

// The processing details that most rows carry.
var (
	legacyTLS = graphlog.Detail{Key: "Legacy TLS (TLS 1.0, 1.1, 3DES)", Value: "False"}
	caeToken  = graphlog.Detail{Key: "Is CAE Token", Value: "False"}
)

// dress gives a row what the story says of its client.
func (st *story) dress(r *rand.Rand, row *graphlog.SignIn, day int) {
	row.ClientApp, row.Agent, row.Device = st.app, st.agent, st.device
	if len(st.apps) > 0 {
		row.ClientApp = st.apps[r.IntN(len(st.apps))]
	}
	if len(st.agents) > 0 {
		row.Agent = st.agents[r.IntN(len(st.agents))]
	}
	if st.change > 0 && day >= st.change {
		row.Agent = st.then
	}
	row.AuthProtocol = cmp.Or(st.protocolName, row.AuthProtocol)
	row.App = cmp.Or(st.via, row.App)
	if row.Status.Code == 50053 {
		row.Status.Reason = lockedReason
	}
	if st.interactive {
		row.Event = graphlog.Interactive
	}
}

// expected is the client an ideal scan makes of the story.
func (st *story) expected(a *account, from network) Client {
	c := Client{
		User: a.Name, UserID: a.ID, Protocol: st.protocol, Family: st.family,
		Model: st.model, Version: st.version, Device: st.device.ID,
		Verdict: st.verdict, Auth: st.auth,
	}
	if st.unnamed() {
		c.Network = prefix(from.ip)
	}
	return c
}

// unnamed says whether the story's agent names nothing.
func (st *story) unnamed() bool {
	switch st.agent {
	case "", translated, "bav2ropc", markedIMAP:
		return st.device.OS == ""
	}
	return st.family == useragent.Unknown
}

// What Exchange writes in place of an agent.
const (
	translated = "BAV2ROPC"
	markedIMAP = "CBAInPROD"
)

// prefix is the network of an address: itself for IPv4, the /64 for IPv6.
func prefix(ip string) string {
	addr := netip.MustParseAddr(ip)
	if addr.Is4() {
		return ip
	}
	return netip.PrefixFrom(addr, 64).Masked().String()
}

// carried is where a phone is: in the office or at home, now and then on a
// carrier's network.
func carried(r *rand.Rand, a *account, t time.Time) network {
	switch n := r.IntN(10); {
	case n < 2:
		return a.carrier(n)
	case n < 4:
		return a.roaming(r.Uint32())
	case working(a.site, t):
		return a.office()
	}
	return a.home()
}

func atOffice(_ *rand.Rand, a *account, _ time.Time) network { return a.office() }
func atHome(_ *rand.Rand, a *account, _ time.Time) network   { return a.home() }

// deskOrHome is where a laptop is.
func deskOrHome(_ *rand.Rand, a *account, t time.Time) network {
	if working(a.site, t) {
		return a.office()
	}
	return a.home()
}

// always is a fixed network.
func always(n network) whereabouts {
	return func(*rand.Rand, *account, time.Time) network { return n }
}
