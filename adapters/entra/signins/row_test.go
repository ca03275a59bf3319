package signins

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
)

// full is a sign-in with every field set.
func full() detect.SignIn {
	return detect.SignIn{
		ID: "id", Tenant: "tenant", HomeTenant: "home", Time: noon.Add(123456700),
		UserID: "user", User: "ada@contoso.com", DisplayName: "Ada \"A\" Lovelace\n", UserType: "member",
		ClientApp: "IMAP4", AuthProtocol: "ropc", Agent: "BAV2ROPC", App: "app", AppID: "appid", Resource: "resource",
		IP: "192.0.2.1", Country: "US", City: "Springfield",
		Result: detect.Result{Known: true, Code: 50126, Reason: "wrong password"}, CAStatus: "failure", PoliciesTold: true, ReportOnly: []string{"a", "b"},
		DeviceID: "device", DeviceName: "laptop", DeviceOS: "Windows10", Browser: "Edge", Event: detect.NonInteractive,
	}
}

// light leaves of a sign-in what is kept when it is modern.
func light(s detect.SignIn) detect.SignIn {
	return detect.SignIn{
		Tenant: s.Tenant, HomeTenant: s.HomeTenant, Time: s.Time, UserID: s.UserID, User: s.User, UserType: s.UserType,
		ClientApp: s.ClientApp, IP: s.IP, Result: detect.Result{Known: s.Result.Known, Code: s.Result.Code}, CAStatus: s.CAStatus, Event: s.Event,
	}
}

func TestLinesKeepSignIns(t *testing.T) {
	t.Parallel()
	with := func(change func(*detect.SignIn)) detect.SignIn {
		s := full()
		change(&s)
		return s
	}
	modern := with(func(s *detect.SignIn) { s.ClientApp = "Browser" })
	for _, c := range []struct {
		name     string
		in, want detect.SignIn
	}{
		{"legacy, every field", full(), full()},
		{"nothing", detect.SignIn{}, detect.SignIn{}},
		{"modern", modern, light(modern)},
		{"unlisted client app", with(func(s *detect.SignIn) { s.ClientApp = "Telepathy" }), with(func(s *detect.SignIn) { s.ClientApp = "Telepathy" })},
		{"success", with(func(s *detect.SignIn) { s.Result = detect.Result{Known: true} }), with(func(s *detect.SignIn) { s.Result = detect.Result{Known: true} })},
		{"result not told", with(func(s *detect.SignIn) { s.Result = detect.Result{} }), with(func(s *detect.SignIn) { s.Result = detect.Result{} })},
		{"at home", with(func(s *detect.SignIn) { s.HomeTenant = s.Tenant }), with(func(s *detect.SignIn) { s.HomeTenant = s.Tenant })},
		{"home not told", with(func(s *detect.SignIn) { s.HomeTenant = "" }), with(func(s *detect.SignIn) { s.HomeTenant = "" })},
		{"no time", with(func(s *detect.SignIn) { s.Time = time.Time{} }), with(func(s *detect.SignIn) { s.Time = time.Time{} })},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text, err := appendLine([]byte("before\n"), &c.in)
			if err != nil {
				t.Fatal(err)
			}
			got := full() // parseLine has to overwrite everything
			if err := parseLine(text[len("before\n"):], &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzLine: whatever a line holds, what was read from it can be written and
// read again.
func FuzzLine(f *testing.F) {
	s := full()
	text, err := appendLine(nil, &s)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{}`))
	f.Add([]byte(`{"c":"Browser","at":1,"r":0}`))
	f.Add([]byte(`{"u":"a`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var first, second detect.SignIn
		if parseLine(text, &first) != nil {
			return
		}
		if detect.ParseClientApp(first.ClientApp) == detect.Modern {
			first = light(first)
		}
		again, err := appendLine(nil, &first)
		if err != nil {
			t.Fatal(err)
		}
		if err := parseLine(again, &second); err != nil {
			t.Fatal(err)
		}
		if len(first.ReportOnly) == 0 {
			first.ReportOnly, second.ReportOnly = nil, nil
		}
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("(-first +second):\n%s", diff)
		}
	})
}
