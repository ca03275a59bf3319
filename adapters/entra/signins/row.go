package signins

import (
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"legacyauth/detect"
)

// line is a sign-in as it is kept until the scan is done: one JSON object in
// one line, its names short because there may be a hundred thousand.
type line struct {
	ID           string   `json:"i,omitzero"`
	Tenant       string   `json:"t,omitzero"`
	HomeTenant   *string  `json:"h,omitzero"`  // nil where it is Tenant
	Time         int64    `json:"at,omitzero"` // nanoseconds since 1970
	UserID       string   `json:"ui,omitzero"`
	User         string   `json:"u,omitzero"`
	DisplayName  string   `json:"n,omitzero"`
	UserType     string   `json:"ut,omitzero"`
	ClientApp    string   `json:"c,omitzero"`
	AuthProtocol string   `json:"ap,omitzero"`
	Agent        string   `json:"a,omitzero"`
	App          string   `json:"pn,omitzero"`
	AppID        string   `json:"pi,omitzero"`
	Resource     string   `json:"rs,omitzero"`
	IP           string   `json:"ip,omitzero"`
	Country      string   `json:"co,omitzero"`
	City         string   `json:"ci,omitzero"`
	Code         *int     `json:"r,omitzero"` // nil where the log does not tell
	Reason       string   `json:"rr,omitzero"`
	CAStatus     string   `json:"ca,omitzero"`
	ReportOnly   []string `json:"ro,omitzero"`
	PoliciesTold bool     `json:"pt,omitzero"`
	DeviceID     string   `json:"di,omitzero"`
	DeviceName   string   `json:"dn,omitzero"`
	DeviceOS     string   `json:"os,omitzero"`
	Browser      string   `json:"b,omitzero"`
	Event        uint8    `json:"e,omitzero"`
}

// appendLine adds s to dst. Of a modern sign-in only what verdicts need is
// kept: who, from where, when and how it ended.
func appendLine(dst []byte, s *detect.SignIn) ([]byte, error) {
	l := line{
		Tenant: s.Tenant, UserType: s.UserType,
		UserID: s.UserID, User: s.User,
		ClientApp: s.ClientApp, IP: s.IP, CAStatus: s.CAStatus, Event: uint8(s.Event),
	}
	if s.HomeTenant != s.Tenant {
		l.HomeTenant = &s.HomeTenant
	}
	if !s.Time.IsZero() {
		l.Time = s.Time.UnixNano()
	}
	if s.Result.Known {
		l.Code = &s.Result.Code
	}
	if detect.ParseClientApp(s.ClientApp) != detect.Modern {
		l.ID, l.DisplayName, l.AuthProtocol, l.Agent = s.ID, s.DisplayName, s.AuthProtocol, s.Agent
		l.App, l.AppID, l.Resource = s.App, s.AppID, s.Resource
		l.Country, l.City = s.Country, s.City
		l.Reason, l.ReportOnly, l.PoliciesTold = s.Result.Reason, s.ReportOnly, s.PoliciesTold
		l.DeviceID, l.DeviceName, l.DeviceOS, l.Browser = s.DeviceID, s.DeviceName, s.DeviceOS, s.Browser
	}
	text, err := json.Marshal(&l, jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return dst, err
	}
	return append(append(dst, text...), '\n'), nil
}

// parseLine is the way back.
func parseLine(text []byte, s *detect.SignIn) error {
	var l line
	if err := json.Unmarshal(text, &l); err != nil {
		return err
	}
	*s = detect.SignIn{
		ID: l.ID, Tenant: l.Tenant, HomeTenant: l.Tenant,
		UserID: l.UserID, User: l.User, DisplayName: l.DisplayName, UserType: l.UserType,
		ClientApp: l.ClientApp, AuthProtocol: l.AuthProtocol, Agent: l.Agent,
		App: l.App, AppID: l.AppID, Resource: l.Resource,
		IP: l.IP, Country: l.Country, City: l.City,
		CAStatus: l.CAStatus, ReportOnly: l.ReportOnly, PoliciesTold: l.PoliciesTold,
		DeviceID: l.DeviceID, DeviceName: l.DeviceName, DeviceOS: l.DeviceOS, Browser: l.Browser,
		Event: detect.Event(l.Event),
	}
	s.Result.Reason = l.Reason
	if l.HomeTenant != nil {
		s.HomeTenant = *l.HomeTenant
	}
	if l.Time != 0 {
		s.Time = time.Unix(0, l.Time).UTC()
	}
	if l.Code != nil {
		s.Result.Known, s.Result.Code = true, *l.Code
	}
	return nil
}
