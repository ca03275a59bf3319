package playbooks_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/card/cardtest"
)

func printer() *detect.Client {
	return &detect.Client{
		User:     detect.User{Name: "scan@contoso.com", Display: "Scanner 3"},
		Protocol: detect.SMTP,
		Device:   detect.Device{Family: useragent.Printer, Model: "MX-3071", OS: "Firmware", Version: "4.2", Confidence: useragent.Likely},
		Verdict:  detect.InUse,
		Why:      "It signed in 412 times.",
		First:    time.Date(2026, 10, 24, 8, 0, 0, 0, time.UTC),
		Last:     time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC),
		Tally:    detect.Tally{Total: 412, Succeeded: 412},
		Networks: []detect.Network{{Address: "192.0.2.7", Country: "DE", Count: 410}, {Address: "192.0.2.9", Count: 2}},
		Agents:   []string{"BAV2ROPC"},
		Apps:     []string{"Office 365 Exchange Online"},
	}
}

func cardOf(t *testing.T, id string, f playbooks.Facts) card.Card {
	t.Helper()
	p, ok := load(t).ByID(id)
	if !ok {
		t.Fatalf("no playbook %s", id)
	}
	f.Today = today
	return p.Card(f)
}

func TestCardForAClient(t *testing.T) {
	t.Parallel()
	text, bold, emph, key := card.Text, card.Bold, func(s string) card.Span { return card.Span{Text: s, Style: card.Emph} }, card.Key
	para := func(spans ...card.Span) card.Block { return card.Para{Spans: spans} }
	heading := func(s string) card.Block { return card.Heading{Text: []card.Span{text(s)}} }
	fact := func(name, value string) card.Fact { return card.Fact{Name: name, Value: []card.Span{text(value)}} }
	want := card.Card{
		Title: []card.Span{text("Move a printer off SMTP AUTH")},
		Tone:  card.Warning,
		Blocks: []card.Block{
			card.Facts{Pairs: []card.Fact{
				fact("Device", "a printer or scanner (MX-3071)"),
				fact("Account", "scan@contoso.com"),
				fact("Signs in by", "SMTP AUTH"),
				fact("Seen", "412 sign-ins, 2026-10-24 to 2026-11-20"),
				fact("From", "192.0.2.7 (DE) and 1 other network"),
				fact("Why it is here", "It signed in 412 times."),
				fact("Retirement", "2028-09-01, 648 days left"),
				fact("Steps for", "an administrator"),
			}},
			heading("Why now"),
			para(
				text("a printer or scanner (MX-3071)"), text(" signs in as "), bold("scan@contoso.com"), text(" by "), emph("SMTP AUTH"),
				text(" until "), text("2028-09-01"), text(" ("), text("648 days left"), text("), says "),
				card.Span{Text: "the announcement", Style: card.Link, URL: "https://docs.example.com/smtp"},
				text(". Braces: {{user}}."),
			),
			heading("Steps"),
			card.List{Ordered: true, Items: [][]card.Block{
				{para(text("Open "), key("smtp.office365.com"), text(" as "), text("Scanner 3"), text("."))},
				{
					para(text("Run this:")),
					card.Code{Lang: "powershell", Text: "Get-CASMailbox scan@contoso.com | Where-Object { @{a=1} }"},
					para(text("Then wait.")),
				},
				{para(text("Ask "), text("IT service desk"), text("."))},
			}},
			heading("Commands"),
			card.Code{Lang: "powershell", Text: "Set-CASMailbox scan@contoso.com -SmtpClientAuthenticationDisabled $true"},
			heading("Rollback"),
			card.Code{Lang: "powershell", Text: "Set-CASMailbox scan@contoso.com -SmtpClientAuthenticationDisabled $null"},
			heading("Cautions"),
			card.List{Items: [][]card.Block{{para(text("Mail to user@contoso.com stops."))}}},
			heading("How to tell that it worked"),
			para(
				text("No sign-in after "), text("2026-11-20"), text("; "), text("412"), text(" since "), text("2026-10-24"),
				text(" from "), text("192.0.2.7"), text(" ("), text("DE"), text("), "), text("Office 365 Exchange Online"), text(", "),
				text("MX-3071"), text(", "), text("Firmware"), text(", "), text("4.2"), text("."),
			),
			heading("Files"),
			card.List{Items: [][]card.Block{
				{para(key("account.mobileconfig"), text(": names the account"))},
				{para(key("values.reg"), text(": sets one value"))},
				{para(key("run.ps1"), text(": shows the switch"))},
			}},
			heading("See also"),
			card.List{Items: [][]card.Block{{para(key("unknown-client"), text(": Find out what a client is"))}}},
			heading("Sources"),
			card.List{Items: [][]card.Block{{para(
				card.Span{Text: "Client submission", Style: card.Link, URL: "https://docs.example.com/smtp"},
				text(", checked 2026-11-22"),
			)}}},
			para(text("Questions: "), text("IT service desk")),
		},
		Fallback: "Move a printer off SMTP AUTH (2028-09-01, 648 days left)",
	}
	got := cardOf(t, "printer", playbooks.Facts{Client: printer(), Contact: "IT service desk"})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// everyText gives all the text of a card, code and links too.
func everyText(c card.Card) string {
	var b strings.Builder
	var walk func([]card.Block)
	spans := func(s []card.Span) { b.WriteString(card.Plainly(s) + "\n") }
	walk = func(blocks []card.Block) {
		for _, block := range blocks {
			switch block := block.(type) {
			case card.Heading:
				spans(block.Text)
			case card.Para:
				spans(block.Spans)
			case card.Code:
				b.WriteString(block.Text + "\n")
			case card.Facts:
				for _, p := range block.Pairs {
					spans(p.Value)
				}
			case card.List:
				for _, item := range block.Items {
					walk(item)
				}
			}
		}
	}
	spans(c.Title)
	walk(c.Blocks)
	return b.String() + c.Fallback
}

func TestCardWithoutAClientSpeaksGenerally(t *testing.T) {
	t.Parallel()
	c := cardOf(t, "printer", playbooks.Facts{})
	text := everyText(c)
	for _, want := range []string{
		"this device signs in as the account by a legacy protocol until end of December 2026 (38 days left)",
		"Get-CASMailbox user@contoso.com |",
		"Ask the administrator.",
		"No sign-in after not known; several since not known from its network (its country), the application, this device, its operating system, its version.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the card lacks %q:\n%s", want, text)
		}
	}
	if c.Tone != card.Info {
		t.Errorf("tone %q, want info", c.Tone)
	}
	if text := everyText(cardOf(t, "unknown-client", playbooks.Facts{})); !strings.Contains(text, "this device uses your account, you.") {
		t.Errorf("a person is not spoken to:\n%s", text)
	}
}

func TestOutsideTextStaysText(t *testing.T) {
	t.Parallel()
	for name, hostile := range map[string]string{
		"escape": cardtest.Escape, "override": cardtest.Override, "markup": cardtest.Markup, "lines": cardtest.Lines,
		"placeholder": "{{contact}}", "option": "-Identity", "command": "a; Remove-Mailbox *", "splat": "@x", "quote": "'\"`$(x)",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := printer()
			c.User = detect.User{Name: hostile, Display: hostile}
			c.Device.Model, c.Apps, c.Networks = hostile, []string{hostile}, []detect.Network{{Address: hostile, Country: hostile}}
			got := cardOf(t, "printer", playbooks.Facts{Client: c, Contact: hostile})
			plain := cardOf(t, "printer", playbooks.Facts{Client: printer(), Contact: "x"})
			if len(got.Blocks) != len(plain.Blocks) {
				t.Errorf("%d blocks, want %d", len(got.Blocks), len(plain.Blocks))
			}
			code := got.Blocks[6].(card.Code).Text
			if want := "Set-CASMailbox user@contoso.com -SmtpClientAuthenticationDisabled $true"; code != want {
				t.Errorf("code is %q, want %q", code, want)
			}
			why := got.Blocks[2].(card.Para).Spans
			if len(why) != len(plain.Blocks[2].(card.Para).Spans) || why[2] != (card.Span{Text: card.Clean(hostile), Style: card.Strong}) {
				t.Errorf("outside text became %+v", why)
			}
		})
	}
}

// TestT3 is trap T3: what Exchange writes in place of an agent is never shown
// as a device.
func TestT3TranslatedAgentIsNoDevice(t *testing.T) {
	t.Parallel()
	for _, marker := range []string{"BAV2ROPC", "bav2ropc", "Unknown(BAV2ROPC)", "CBAInPROD", "CBAinTAR"} {
		for _, model := range []string{"", marker} {
			c := printer()
			c.Device = detect.Device{Family: useragent.ExchangeTranslated, Model: model}
			c.Agents, c.Apps = []string{marker}, []string{marker}
			for _, id := range []string{"printer", "unknown-client"} {
				text := everyText(cardOf(t, id, playbooks.Facts{Client: c}))
				if strings.Contains(strings.ToLower(text), strings.ToLower(marker)) {
					t.Errorf("%s shows %s:\n%s", id, marker, text)
				}
			}
		}
	}
}

func TestFallbackNamesNobody(t *testing.T) {
	t.Parallel()
	c := cardOf(t, "printer", playbooks.Facts{Client: printer()})
	for _, name := range []string{"scan@", "Scanner"} {
		if strings.Contains(c.Fallback, name) {
			t.Errorf("the fallback %q names %s", c.Fallback, name)
		}
	}
}
