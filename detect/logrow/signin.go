package logrow

import (
	"strings"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/logrow/rawjson"
)

// signIn reduces a row to what decides something. Of a modern sign-in, which
// most rows are, only what verification needs is filled: who, from where, when
// and how it ended; and with Whole also which client it was.
func (d *Decoder) signIn(f *fields, at time.Time, s *detect.SignIn) {
	d.reduce(f, at, s)
	d.count(f, s)
}

func (d *Decoder) reduce(f *fields, at time.Time, s *detect.SignIn) {
	*s = detect.SignIn{Time: at}
	s.ClientApp = d.same(f, fClientApp)
	s.Tenant = d.tenant(f)
	s.HomeTenant = d.same(f, fHomeTenant)
	d.who(f, s)
	s.UserType = lower(d.same(f, fUserType))
	s.CAStatus = caStatus(d.same(f, fCAStatus))
	s.Event = d.event(f, s)
	modern := isModern(s.ClientApp)
	s.Result = d.result(f, !modern)
	if modern && s.Result.Code == detect.LockedOrMalicious {
		s.Result = d.result(f, true)
	}
	if !modern || d.Whole {
		d.client(f, s)
	}
	if modern {
		return
	}
	if s.DisplayName = d.text(f.get(fDisplay)); s.DisplayName == "" {
		s.DisplayName = d.text(f.get(fIdentity))
	}
	s.AuthProtocol = d.text(f.get(fAuthProtocol))
	s.Resource = d.text(f.get(fResource))
	d.locate(f, s)
	s.ReportOnly, s.PoliciesTold = d.reportOnly(f.get(fPolicies))
}

// account reads who signed in and from which address.
func (d *Decoder) account(f *fields) (id, user, ip []byte) {
	if ip = d.bytes(f.get(fIP)); len(ip) == 0 {
		ip = d.bytes(f.get(fCallerIP))
	}
	return d.bytes(f.get(fUserID)), d.bytes(f.get(fUser)), ip
}

func (d *Decoder) who(f *fields, s *detect.SignIn) {
	id, user, ip := d.account(f)
	if len(id) == 0 || len(id)+len(user)+len(ip) > internLongest {
		s.UserID, s.User, s.IP = d.strings.string(id), d.strings.string(user), d.strings.string(ip)
		return
	}
	known := d.known.of(id)
	s.UserID, s.User, s.IP = kept(&known.id, id), kept(&known.user, user), kept(&known.ip, ip)
}

// client reads what tells which client signed in.
func (d *Decoder) client(f *fields, s *detect.SignIn) {
	s.ID = string(d.bytes(f.get(fID)))
	s.Agent = d.text(f.get(fAgent))
	s.App = d.text(f.get(fApp))
	s.AppID = d.text(f.get(fAppID))
	d.device(f, s)
}

// count counts the row, which is s, and which kind of export it comes from.
func (d *Decoder) count(f *fields, s *detect.SignIn) {
	d.Tally.Rows++
	d.Tally.Events[s.Event]++
	if s.Event.ByUser() {
		d.Tally.ByUser++
		if s.ClientApp != "" {
			d.Tally.Named++
		}
	}
	if d.garbled {
		d.Tally.Garbled++
	}
	if f.has(fProperties) {
		d.Tally.Records++
	} else if f.has(fGenerated) || f.has(fResultType) {
		d.Tally.Flat++
	}
}

func isModern(clientApp string) bool {
	switch clientApp {
	case "":
		return false
	case "Browser", "Mobile Apps and Desktop clients":
		return true
	}
	return detect.ParseClientApp(clientApp) == detect.Modern
}

// tenant gives the id of the tenant signed in to. The TenantId column of Log
// Analytics is the id of the workspace and never counts; tenantId does in a
// diagnostic-setting record, which is known by its properties.
func (d *Decoder) tenant(f *fields) string {
	for _, at := range [...]field{fResourceTenant, fHomeTenant} {
		if t := d.same(f, at); t != "" {
			return t
		}
	}
	if f.has(fProperties) {
		if t := d.same(f, fTenantID); t != "" {
			return t
		}
	}
	if t := d.same(f, fAADTenant); t != "" {
		return t
	}
	// properties.resourceId is another thing, so the outer one is asked for.
	if f.set[outer]>>fResourceID&1 == 0 {
		return ""
	}
	const prefix = "/tenants/"
	path := d.bytes(f.values[outer][fResourceID])
	if len(path) <= len(prefix) || !rawjson.Is(path[:len(prefix)], prefix) {
		return ""
	}
	id, _, _ := strings.Cut(d.strings.string(path[len(prefix):]), "/")
	return id
}

// caStatus brings the API's spelling and the portal's together: "notApplied"
// and "Not Applied" are "notapplied".
func caStatus(s string) string {
	switch s {
	case "success", "failure", "":
		return s
	case "notApplied":
		return "notapplied"
	}
	return strings.ReplaceAll(strings.ToLower(s), " ", "")
}

func lower(s string) string {
	switch s {
	case "member", "Member":
		return "member"
	case "guest", "Guest":
		return "guest"
	}
	return strings.ToLower(s)
}
