package detect

import (
	"slices"
	"strings"
	"time"

	"legacyauth/detect/useragent"
)

// Canonical values of the reduced rows of bundles.
const (
	modernApp     = "Mobile Apps and Desktop clients"
	wrongCode     = 50126
	refusedReason = "malicious activity"
)

// reduceLegacy leaves of a legacy row what makes a difference to a client. The
// client app stays as logged: a later version of the program may know more of
// them.
func reduceLegacy(s *SignIn, d *decoded) SignIn {
	r := SignIn{
		Tenant:       strings.ToLower(valid(s.Tenant)),
		UserID:       strings.ToLower(valid(s.UserID)),
		User:         strings.ToLower(valid(s.User)),
		DisplayName:  valid(s.DisplayName),
		ClientApp:    valid(s.ClientApp),
		Agent:        valid(s.Agent),
		App:          valid(s.App),
		IP:           NetworkOf(valid(s.IP)),
		Country:      valid(s.Country),
		City:         cityOf(s),
		Result:       Result{Known: s.Result.Known, Code: s.Result.Code},
		PoliciesTold: s.PoliciesTold,
		DeviceID:     strings.ToLower(valid(s.DeviceID)),
		Event:        s.Event,
	}
	if s.addressRefused() {
		r.Result.Reason = refusedReason
	}
	if strings.EqualFold(s.CAStatus, "failure") {
		r.CAStatus = "failure"
	}
	if d.device.Family != useragent.ExchangeTranslated {
		r.AuthProtocol = strings.ToLower(strings.TrimSpace(valid(s.AuthProtocol)))
		if r.AuthProtocol == "ropc" && strings.EqualFold(s.AppID, exchangeOnline) {
			r.AppID = exchangeOnline
		}
	}
	if s.Agent == "" {
		r.Browser, r.DeviceOS = valid(s.Browser), valid(s.DeviceOS)
		if detailOf(s).iPad {
			r.DeviceName = "iPad"
		}
	}
	for _, policy := range s.ReportOnly {
		if policy != "" {
			r.ReportOnly = append(r.ReportOnly, valid(policy))
		}
	}
	slices.Sort(r.ReportOnly)
	r.ReportOnly = slices.Compact(r.ReportOnly)
	return r
}

// reduceModern leaves of a modern row what tells whose home a network is, or
// who guesses; false where it tells neither.
func reduceModern(s *SignIn, o Outcome) (SignIn, bool) {
	r := SignIn{
		UserID:    strings.ToLower(valid(s.UserID)),
		User:      strings.ToLower(valid(s.User)),
		ClientApp: modernApp,
		IP:        NetworkOf(valid(s.IP)),
		Result:    Result{Known: true},
	}
	if o != Succeeded && o != WrongPassword || r.IP == "" || r.User == "" && r.UserID == "" {
		return SignIn{}, false
	}
	if o == Succeeded {
		return r, true
	}
	if r.User != "" {
		r.UserID = ""
	}
	r.Result.Code = wrongCode
	if s.addressRefused() {
		r.Result = Result{Known: true, Code: LockedOrMalicious, Reason: refusedReason}
	}
	return r, true
}

// pairing is what a repeated row tells of its account.
func pairing(s *SignIn) SignIn {
	r := SignIn{UserID: strings.ToLower(valid(s.UserID)), User: strings.ToLower(valid(s.User))}
	if !s.Time.IsZero() {
		r.Time = dateOf(dayOf(s.Time))
	}
	return r
}

// valid replaces what is no text, which JSON cannot hold.
func valid(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

// microseconds is t as storage keeps it.
func microseconds(t time.Time) time.Time { return instantOf(t).time() }
