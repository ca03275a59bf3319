package watch_test

import (
	"fmt"
	"sync"
	"time"

	"legacyauth/detect"
)

var rowNumber = struct {
	sync.Mutex
	n int
}{}

func newID() string {
	rowNumber.Lock()
	defer rowNumber.Unlock()
	rowNumber.n++
	return fmt.Sprintf("row-%d", rowNumber.n)
}

// imap is ana's phone fetching mail with her password.
func imap(at time.Time, edits ...func(*detect.SignIn)) detect.SignIn {
	s := detect.SignIn{
		ID: newID(), Tenant: "c0ffee00-0000-4000-8000-000000000001", Time: at,
		UserID: "5e2b3a60-0000-4000-8000-000000000001", User: "ana@contoso.com", UserType: "member",
		ClientApp: "Exchange ActiveSync", AuthProtocol: "ropc", Agent: "Apple-iPhone12C1/1907.71",
		App: "Office 365 Exchange Online", AppID: "00000002-0000-0ff1-ce00-000000000000",
		IP: "192.0.2.7", Country: "PT", Result: detect.Result{Known: true}, Event: detect.NonInteractive, PoliciesTold: true,
	}
	for _, edit := range edits {
		edit(&s)
	}
	return s
}

// browser is ana's phone signing in as it should.
func browser(at time.Time) detect.SignIn {
	return imap(at, func(s *detect.SignIn) {
		s.ClientApp, s.AuthProtocol, s.Event = "Browser", "", detect.Interactive
		s.Agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
		s.DeviceOS = "Ios 18.1"
	})
}

func user(name string) func(*detect.SignIn) {
	return func(s *detect.SignIn) { s.User, s.UserID = name+"@contoso.com", "id-of-"+name }
}

func code(n int) func(*detect.SignIn) {
	return func(s *detect.SignIn) { s.Result.Code = n }
}

func from(ip string) func(*detect.SignIn) {
	return func(s *detect.SignIn) { s.IP = ip }
}
