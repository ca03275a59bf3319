package detect

import (
	"fmt"
	"testing"
	"time"

	"legacyauth/detect/useragent"
)

// every gives n sign-ins, one each step.
func every(step time.Duration, n int, changes ...func(*SignIn)) []SignIn {
	var rows []SignIn
	for i := range n {
		rows = append(rows, signIn(fmt.Sprint(i), append([]func(*SignIn){at(time.Duration(i) * step)}, changes...)...))
	}
	return rows
}

// officeHours gives three sign-ins a day on n working days.
func officeHours(n int, changes ...func(*SignIn)) []SignIn {
	var rows []SignIn
	for d, days := 0, 0; days < n; d++ {
		if wd := monday.AddDate(0, 0, d).Weekday(); wd == time.Saturday || wd == time.Sunday {
			continue
		}
		days++
		for h := range 3 {
			rows = append(rows, signIn(fmt.Sprint(d, h), append([]func(*SignIn){at(time.Duration(d*24+h*3) * time.Hour)}, changes...)...))
		}
	}
	return rows
}

func TestInfer(t *testing.T) {
	t.Parallel()
	smtp := app("Authenticated SMTP")
	cases := []struct {
		name       string
		rows       []SignIn
		family     useragent.Family
		confidence useragent.Confidence
	}{
		{"a scanner by its account", []SignIn{signIn("1", smtp, user("scan-2f"))}, useragent.Printer, useragent.Likely},
		{"a scanner by two words", []SignIn{signIn("1", smtp, user("scan.to.mail"))}, useragent.Printer, useragent.Likely},
		{"a mailer by its account", []SignIn{signIn("1", smtp, user("no-reply"))}, useragent.MailSender, useragent.Likely},
		{"a mailer by its clock", every(time.Hour, 100, smtp), useragent.MailSender, useragent.Likely},
		{"a printer by its hours", officeHours(10, smtp), useragent.Printer, useragent.Likely},
		{"a person's SMTP stays unnamed", []SignIn{signIn("1", smtp)}, useragent.ExchangeTranslated, useragent.NotKnown},
		{"a ticket system by its account", []SignIn{signIn("1", user("tickets"))}, useragent.MailboxReader, useragent.Likely},
		{"a reader by its clock", every(time.Hour, 100), useragent.MailboxReader, useragent.Likely},
		{"a person's IMAP stays unnamed", officeHours(5), useragent.ExchangeTranslated, useragent.NotKnown},
		{"a room by its account", []SignIn{signIn("1", app("Exchange Web Services"), agent(""), user("mtr-lisbon"))}, useragent.TeamsRoom, useragent.Likely},
		{"a word inside another word does not count", []SignIn{signIn("1", smtp, user("scandinavia"))}, useragent.ExchangeTranslated, useragent.NotKnown},
		{"an agent that names itself wins", []SignIn{signIn("1", app("Exchange Web Services"), agent("ExchangeServicesClient/15.00.0913.015"), user("mtr-lisbon"))}, useragent.EWSLibrary, useragent.Certain},
		{"spray is not named", []SignIn{signIn("1", smtp, user("scan"), code(50126))}, useragent.ExchangeTranslated, useragent.NotKnown},
		{"device detail names Office where there is no agent", []SignIn{signIn("1", app("Other clients; Older Office clients"), agent(""), func(s *SignIn) { s.Browser = "Microsoft Office 15.0" })}, useragent.OutlookWindows, useragent.Likely},
		{"device detail names iOS where there is no agent", []SignIn{signIn("1", app("Exchange ActiveSync"), agent(""), func(s *SignIn) { s.DeviceOS = "iOS" })}, useragent.IPhone, useragent.Likely},
		{"device detail of a translated password says nothing", []SignIn{signIn("1", smtp, func(s *SignIn) { s.DeviceOS = "MacOs" })}, useragent.ExchangeTranslated, useragent.NotKnown},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := only(t, fold(c.rows...)).Device
			if got.Family != c.family || got.Confidence != c.confidence {
				t.Errorf("got %s, %s (%v); want %s, %s", got.Family, got.Confidence, got.Evidence, c.family, c.confidence)
			}
			if got.Confidence == useragent.Likely && len(got.Evidence) == 0 {
				t.Error("a likely device without evidence")
			}
		})
	}
}

func TestAuth(t *testing.T) {
	t.Parallel()
	protocol := func(p string) func(*SignIn) { return func(s *SignIn) { s.AuthProtocol = p } }
	byApp := func(name string) func(*SignIn) { return func(s *SignIn) { s.App = name } }
	phone := agent("Apple-iPhone12C1/1907.71")
	eas := app("Exchange ActiveSync")
	cases := []struct {
		name string
		rows []SignIn
		want AuthKind
	}{
		{"Exchange translated the password", []SignIn{signIn("1", protocol("rpoc"))}, Basic},
		{"Exchange asked with the password", []SignIn{signIn("1", eas, phone, protocol("ropc"))}, Basic},
		{"T9: the client asked with the password", []SignIn{signIn("1", app("Other clients"), agent("python-requests/2.31"), byApp("Reports"), protocol("ropc"))}, ROPC},
		{"T9: ActiveSync with a token", []SignIn{signIn("1", eas, phone, byApp("Apple Internet Accounts"), protocol("oAuth2"))}, Token},
		{"T9: the log does not say", []SignIn{signIn("1", eas, phone, protocol("none"))}, AuthUnknown},
		{"T9: one basic sign-in makes it basic", []SignIn{signIn("1", eas, phone, protocol("oAuth2")), signIn("2", eas, phone, protocol("ropc"))}, Basic},
		{"T9: silence beside a token stays unknown", []SignIn{signIn("1", eas, phone, protocol("oAuth2")), signIn("2", eas, phone, protocol(""))}, AuthUnknown},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := only(t, fold(c.rows...)).Auth; got.Kind != c.want || len(got.Evidence) == 0 {
				t.Errorf("got %+v, want %s", got, c.want)
			}
		})
	}
}

func TestTeamsRoomsROPCIsModern(t *testing.T) {
	t.Parallel()
	f := fold(signIn("1", app("Mobile Apps and Desktop clients"), user("mtr-lisbon"), agent("TeamsRooms")))
	if clients := f.Clients(); len(clients) != 0 {
		t.Errorf("T9: modern ROPC became a legacy client: %+v", clients)
	}
}
