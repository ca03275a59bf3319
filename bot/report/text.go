package report

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/scan"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks/card"
)

// Text writes the answer for people: a summary with coverage, then the clients
// by verdict, the nearest deadline of a protocol first. Days are counted from
// today.
func Text(w io.Writer, o terminal.Options, r scan.Result, today time.Time) error {
	if err := terminal.Render(w, Summary(r, today), o); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	t := table(r, today, o.Width)
	if len(t.Groups) == 0 {
		return nil
	}
	intro := "\n"
	if domain := sharedDomain(r.Findings); domain != "" {
		intro = "\nUsers are " + domain + ".\n\n"
	}
	if _, err := io.WriteString(w, intro); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	if err := t.Write(w, o); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	_, err := io.WriteString(w, "\nThe steps for a client: legacyauth playbook show PLAYBOOK\n")
	return err
}

// CoverageText writes coverage alone, for output that has no place for it.
func CoverageText(w io.Writer, o terminal.Options, c detect.Coverage) error {
	return terminal.Render(w, card.Card{Title: []card.Span{card.Text("Coverage")}, Tone: card.Info, Blocks: CoverageBlocks(c)}, o)
}

// roomy is the width from which a table of clients has room for every column.
const roomy = 100

// table lists the clients by section; guessing is one line of the summary
// instead. A narrow terminal gets no times and counts; the name of a playbook is
// never cut, since people type it.
func table(r scan.Result, today time.Time, width int) terminal.Table {
	domain := sharedDomain(r.Findings)
	t := terminal.Table{Columns: []terminal.Column{
		{Head: "User", Weight: 1, Min: 14},
		{Head: "Protocol"},
		{Head: "Device", Weight: 2, Min: 14},
		{Head: "Ends"},
		{Head: "Playbook"},
		{Head: "Last"},
		{Head: "Sign-ins", Align: terminal.Right},
	}}
	if width > 0 && width < roomy {
		t.Columns = t.Columns[:len(t.Columns)-2]
	}
	for _, s := range sections {
		found := inSection(r.Findings, s)
		if s == guessing || len(found) == 0 {
			continue
		}
		g := terminal.Group{Title: []card.Span{card.Text(fmt.Sprintf("%s (%s)", s.title(), number(len(found))))}}
		for _, f := range found {
			g.Rows = append(g.Rows, line(f, domain, today))
		}
		t.Groups = append(t.Groups, g)
	}
	return t
}

// line is one client. Everything that a log wrote goes through card.Value.
func line(f scan.Finding, domain string, today time.Time) [][]card.Span {
	one := func(s card.Span) []card.Span { return []card.Span{s} }
	last := ""
	if !f.Last.IsZero() {
		last = f.Last.UTC().Format(time.DateOnly)
	}
	if f.Last.Year() == today.Year() {
		last = f.Last.UTC().Format("02 Jan")
	}
	return [][]card.Span{
		one(card.Value(strings.TrimSuffix(who(f.User), domain))),
		one(card.Text(protocol(f.Client))),
		one(card.Value(device(f.Client))),
		one(card.Text(ends(f, today))),
		one(card.Text(f.Playbook.ID)),
		one(card.Text(last)),
		one(card.Text(number(f.Tally.Total))),
	}
}

// ends says when the client's protocol ends, in as few columns as it takes.
func ends(f scan.Finding, today time.Time) string {
	switch {
	case !f.Dated:
		return ""
	case f.Deadline.Date.Before(today):
		return "ended"
	}
	return "in " + strings.TrimSuffix(f.Deadline.Left(today), " left")
}

// sharedDomain is what every user name ends in, such as "@contoso.com", so that
// it need not stand in every line; empty when they differ.
func sharedDomain(findings []scan.Finding) string {
	shared := ""
	for _, f := range findings {
		if f.Verdict == detect.Spray {
			continue
		}
		_, domain, ok := strings.Cut(f.User.Name, "@")
		if !ok || shared != "" && shared != "@"+domain || card.Clean(domain) != domain {
			return ""
		}
		shared = "@" + domain
	}
	return shared
}

func who(u detect.User) string { return cmp.Or(u.Name, u.Display, u.ID, "(no account named)") }

// device says what a client is, and marks what is only likely.
func device(c detect.Client) string {
	switch {
	case c.Device.Family == useragent.ExchangeTranslated:
		return "not named"
	case c.Device.Confidence == useragent.Likely:
		return c.Device.Words() + " (likely)"
	}
	return c.Device.Words()
}

// protocol is the protocol in as few letters as people recognize.
func protocol(c detect.Client) string {
	short := map[detect.Protocol]string{
		detect.EAS: "ActiveSync", detect.PowerShell: "PowerShell", detect.Autodiscover: "Autodiscover",
		detect.OutlookService: "Outlook svc", detect.Other: "other", detect.Unknown: "unknown",
	}
	if name, ok := short[c.Protocol]; ok {
		return name
	}
	return strings.ToUpper(string(c.Protocol))
}

// number writes n with commas between thousands.
func number[N int | int64](n N) string {
	s := strconv.FormatInt(int64(n), 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
