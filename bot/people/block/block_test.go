package block_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/block"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

func client(user string, p detect.Protocol, s migration.State) storage.Client {
	return storage.Client{State: s, Client: detect.Client{
		Key: user + string(p), User: detect.User{Name: user, ID: "id-" + user}, Protocol: p, Verdict: detect.InUse, Device: useragent.Device{Family: useragent.MailboxReader},
	}}
}

func plan() block.Plan {
	return block.Make([]string{"Ana@contoso.com", "ben@contoso.com", "nobody@contoso.com", "x; rm@contoso.com"}, []storage.Client{
		client("ana@contoso.com", detect.IMAP, migration.Verified), client("ana@contoso.com", detect.SMTP, migration.Closed),
		client("ben@contoso.com", detect.IMAP, migration.Verified), client("ben@contoso.com", detect.EAS, migration.ClaimedDone),
		client("x; rm@contoso.com", detect.POP, migration.Verified), client("carl@contoso.com", detect.POP, migration.Open),
	}, block.NewSigns())
}

func TestWhoIsReady(t *testing.T) {
	t.Parallel()
	p := plan()
	if len(p.Ready) != 2 || p.Ready[0].Name != "ana@contoso.com" || len(p.NotReady) != 1 || len(p.NotReady[0].Open) != 1 || !slices.Equal(p.Unknown, []string{"nobody@contoso.com"}) {
		t.Fatalf("%+v", p)
	}
	steps, err := p.Steps()
	if err == nil || len(steps) != 2 {
		t.Fatalf("%d steps, %v: a name that ends a command must stay out", len(steps), err)
	}
	if want := "Set-CASMailbox -Identity ana@contoso.com -ImapEnabled $false -SmtpClientAuthenticationDisabled $true"; !strings.Contains(steps[1].Do, want) {
		t.Errorf("the switches: %s", steps[1].Do)
	}
	for _, s := range append(steps, block.ReportOnlyStep()) {
		if strings.Contains(s.Do+s.Undo, "ben@") || strings.Contains(s.Do+s.Undo, ";") {
			t.Errorf("somebody who is not ready, or a second command: %s", s.Do)
		}
		if s.Undo == "" || s.Proof == "" {
			t.Errorf("%s has no rollback or no proof", s.Title)
		}
	}
}

// TestTheCommandsAreThoseOfThePlaybooks holds each cmdlet with its parameters to
// the playbook that it is taken from.
func TestTheCommandsAreThoseOfThePlaybooks(t *testing.T) {
	t.Parallel()
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	p := plan()
	steps, _ := p.Steps()
	shell := []string{"Where-Object", "Select-Object", "Export-Clixml", "Import-Clixml"} // PowerShell's own
	word := regexp.MustCompile(`\b[A-Z][a-z]+-[A-Za-z]+\b|(?:^| )-[A-Z][A-Za-z]+`)
	for _, s := range append(steps, block.ReportOnlyStep()) {
		book, ok := library.ByID(s.Playbook)
		if !ok {
			t.Fatalf("no playbook %s", s.Playbook)
		}
		text := ""
		for _, b := range book.Card(playbooks.Facts{Today: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}).Blocks {
			text += chat.Plain(card.Card{Blocks: []card.Block{b}}) + "\n"
		}
		for _, w := range word.FindAllString(s.Do+"\n"+s.Undo, -1) {
			if !strings.Contains(text, strings.TrimSpace(w)) && !slices.Contains(shell, w) {
				t.Errorf("%s: %s does not stand in playbook %s", s.Title, w, s.Playbook)
			}
		}
	}
}

func TestReportOnlyIsWhatGraphTakes(t *testing.T) {
	t.Parallel()
	p := plan()
	p.Ready = append(p.Ready, block.User{Name: "noid@contoso.com", Ready: true})
	body, left, err := p.ReportOnly()
	if err != nil || left != 1 {
		t.Fatalf("%d left out, %v", left, err)
	}
	var policy struct {
		State      string
		Conditions struct {
			ClientAppTypes []string
			Users          struct{ IncludeUsers []string }
		}
	}
	if err := json.Unmarshal(body, &policy); err != nil {
		t.Fatal(err)
	}
	if policy.State != "enabledForReportingButNotEnforced" || !slices.Equal(policy.Conditions.ClientAppTypes, []string{"exchangeActiveSync", "other"}) ||
		len(policy.Conditions.Users.IncludeUsers) != 2 {
		t.Errorf("%s", body)
	}
}

// TestNoPolicyForNobody writes no policy that would name no user, which Graph
// refuses.
func TestNoPolicyForNobody(t *testing.T) {
	t.Parallel()
	p := block.Plan{Ready: []block.User{{Name: "noid@contoso.com", Ready: true}}}
	if body, left, err := p.ReportOnly(); body != nil || left != 1 || err != nil {
		t.Errorf("%s, %d left out, %v", body, left, err)
	}
}

// TestTheRollbackSetsWhatWasBefore holds that each rollback reads the file that its
// commands keep, and sets what stands in it.
func TestTheRollbackSetsWhatWasBefore(t *testing.T) {
	t.Parallel()
	p := plan()
	steps, _ := p.Steps()
	file := regexp.MustCompile(`(Export|Import)-Clixml (\S+)`)
	for _, s := range steps {
		kept, read := file.FindStringSubmatch(s.Do), file.FindStringSubmatch(s.Undo)
		if kept == nil || read == nil || kept[2] != read[2] || !strings.Contains(s.Undo, "$before.") {
			t.Errorf("%s:\n%s\n--\n%s", s.Title, s.Do, s.Undo)
		}
		if strings.Index(s.Do, "Export-Clixml") > strings.Index(s.Do, "Set-") {
			t.Errorf("%s keeps what was before when it is changed already:\n%s", s.Title, s.Do)
		}
	}
}

func TestWhatTheLogShows(t *testing.T) {
	t.Parallel()
	since := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	row := func(user, app string, code int, f func(*detect.SignIn)) detect.SignIn {
		s := detect.SignIn{
			ID: user + app, Time: since.Add(time.Hour), User: user, ClientApp: app, Event: detect.NonInteractive, Result: detect.Result{Known: true, Code: code},
		}
		if f != nil {
			f(&s)
		}
		return s
	}
	v := block.NewVerifier([]string{"ana@contoso.com", "ben@contoso.com", "carl@contoso.com", "dora@contoso.com", "otto@contoso.com"}, since)
	bundler := detect.NewBundler()
	for _, s := range []detect.SignIn{
		row("ana@contoso.com", "IMAP4", 53003, nil),
		row("ana@contoso.com", "Exchange ActiveSync", 0, func(s *detect.SignIn) { s.CAStatus = "failure" }),
		row("ben@contoso.com", "Authenticated SMTP", 0, func(s *detect.SignIn) { s.ReportOnly = []string{"Block legacy (pilot)"} }),
		row("ben@contoso.com", "POP3", 530035, nil),
		row("carl@contoso.com", "IMAP4", 50126, nil),
		row("dora@contoso.com", "IMAP4", 0, func(s *detect.SignIn) { s.Time = since.Add(-48 * time.Hour) }),
		row("other@contoso.com", "IMAP4", 0, nil),
		row("otto@contoso.com", "IMAP4", 0, nil),
		row("otto@contoso.com", "IMAP4", 0, func(s *detect.SignIn) { s.AuthProtocol, s.ID = "oAuth2", "6" }),
		row("otto@contoso.com", "IMAP4", 53003, func(s *detect.SignIn) { s.AuthProtocol, s.ID = "oAuth2", "7" }),
		row("ana@contoso.com", "Browser", 0, nil),
		row("ben@contoso.com", "Authenticated SMTP", 53003, func(s *detect.SignIn) { s.ID, s.Time = "later", since.Add(6*time.Hour) }),
	} {
		bundler.Add(&s)
	}
	for b := range bundler.Each() {
		v.Add(&b)
	}
	r := v.Result()
	got := map[string]block.Seen{}
	for _, s := range r.Seen {
		name := s.User + " " + string(s.Protocol)
		if s.Token {
			name += " token"
		}
		got[name] = s
	}
	if got["ana@contoso.com imap"].Refused[block.ByConditionalAccess] != 1 || got["ana@contoso.com eas"].Refused[block.ByConditionalAccess] != 1 ||
		got["ana@contoso.com eas"].In != 0 || got["ben@contoso.com pop"].Refused[block.BySecurityDefaults] != 1 {
		t.Errorf("refused: %+v", got)
	}
	if smtp := got["ben@contoso.com smtp"]; smtp.In != 1 || smtp.WouldBreak != 1 || !slices.Equal(smtp.Policies, []string{"Block legacy (pilot)"}) {
		t.Errorf("what gets in: %+v", smtp)
	}
	if smtp := got["ben@contoso.com smtp"]; !smtp.LastIn.Equal(since.Add(time.Hour)) || !smtp.LastRefused.Equal(since.Add(6*time.Hour)) {
		t.Errorf("it got in last on %v and was refused last on %v", smtp.LastIn, smtp.LastRefused)
	}
	if password, token := got["otto@contoso.com imap"], got["otto@contoso.com imap token"]; password.In != 1 || token.In != 1 ||
		password.Refused[block.ByConditionalAccess] != 0 || token.Refused[block.ByConditionalAccess] != 1 {
		t.Errorf("passwords: %+v, tokens: %+v", password, token)
	}
	if !slices.Equal(r.Silent, []string{"dora@contoso.com"}) || !slices.Equal(r.Failed, []string{"carl@contoso.com"}) {
		t.Errorf("silent: %v, only failures: %v", r.Silent, r.Failed)
	}
}

// TestOnlyWhatCameAfterCounts splits the bundle of the day of the block.
func TestOnlyWhatCameAfterCounts(t *testing.T) {
	t.Parallel()
	midnight := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	at := []string{"08:10", "08:10", "14:05", "14:05", "14:40", "14:50", "14:50", "20:00", "20:00"}
	for since, want := range map[string]int{
		"00:00": 9, "08:10": 9, "08:11": 7, "14:00": 7, "14:05": 7,
		"14:30": 4, // two minutes of the hour are after, and how many in each is not kept
		"15:00": 2, "20:00": 2, "20:01": 0,
	} {
		clock := func(word string) time.Time {
			hm, err := time.Parse("15:04", word)
			if err != nil {
				t.Fatal(err)
			}
			return midnight.Add(time.Duration(hm.Hour())*time.Hour + time.Duration(hm.Minute())*time.Minute)
		}
		v := block.NewVerifier([]string{"ana@contoso.com"}, clock(since).Add(20*time.Second))
		bundler := detect.NewBundler()
		for i, word := range at {
			bundler.Add(&detect.SignIn{
				ID: fmt.Sprint(i), Time: clock(word).Add(30 * time.Second), User: "ana@contoso.com", ClientApp: "IMAP4", Event: detect.NonInteractive, Result: detect.Result{Known: true},
			})
		}
		for b := range bundler.Each() {
			v.Add(&b)
		}
		got := 0
		for _, s := range v.Result().Seen {
			got += s.In
		}
		if got != want {
			t.Errorf("since %s: %d got in, want %d", since, got, want)
		}
	}
}
