// Package cardtest holds the card that every renderer is tested with. It has
// each kind of block, and text from people who want to break out of it.
package cardtest

import (
	"strings"

	"legacyauth/playbooks/card"
)

// The hostile texts of the fixture, as a log could carry them.
const (
	Escape   = "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07click\x1b]8;;\x07"
	Override = "invoice\u202efdp.exe\u2066 zero\u200bwidth"
	Markup   = "**bold** [log in](https://evil.example) `code` ![x](https://evil.example/p.png) <b>&amp;</b> | # 1. @everyone https://evil.example"
	Lines    = "first\r\n# second\n\n- third\t|\x00"
	Emoji    = "👩🏽\u200d💻 🇩🇪 e\u0301 ❤\ufe0f"
	Asian    = "東京支社の共有プリンター（三階）のスキャナー"
)

// Card is one card with every kind of block, every style and hostile text
// wherever text from a log can stand.
func Card() card.Card {
	long := strings.Repeat("wide 東京 ", 60)
	return card.Card{
		Title: []card.Span{card.Text("Move "), card.Value(Override), card.Text(" to modern sign-in")},
		Tone:  card.Warning,
		Blocks: []card.Block{
			card.Facts{Pairs: []card.Fact{
				{Name: "Device", Value: []card.Span{card.Value(Emoji)}},
				{Name: "Account", Value: []card.Span{card.Value(Escape)}},
				{Name: "Room name", Value: []card.Span{card.Value(Asian)}},
				{Name: "Application", Value: []card.Span{card.Value(Markup)}},
			}},
			card.Heading{Text: []card.Span{card.Text("Why now")}},
			card.Para{Spans: []card.Span{
				card.Text("Microsoft turns this off "), card.Bold("at the end of December 2026"),
				card.Text(". See "),
				{Text: "the announcement", Style: card.Link, URL: "https://learn.microsoft.com/exchange/basic_(auth)?a=1&b=2"},
				card.Text(", "),
				{Text: "in full", Style: card.Emph},
				card.Text(", and run "),
				card.Key("Get-CASMailbox `x` | fl"), card.Text("."),
			}},
			card.Para{Spans: []card.Span{card.Value(Lines)}},
			card.Para{Spans: []card.Span{card.Value(long)}},
			card.Heading{Text: []card.Span{card.Text("Steps")}},
			card.List{Ordered: true, Items: [][]card.Block{
				{card.Para{Spans: []card.Span{
					card.Text("Open "), card.Bold("Settings"), card.Text(" > "), card.Bold("Apps"), card.Text(" > "), card.Bold("Mail"),
					card.Text(" and delete the account that still signs in with a password."),
				}}},
				{
					card.Para{Spans: []card.Span{card.Text("Run this:")}},
					card.Code{Lang: "powershell", Text: "Set-CASMailbox -Identity user@contoso.com -SmtpClientAuthenticationDisabled $true # one line is never wrapped\n```\nGet-CASMailbox"},
					card.Para{Spans: []card.Span{card.Text("Then wait.")}},
				},
				{card.Para{Spans: []card.Span{card.Value(Markup)}}},
			}},
			card.List{Items: [][]card.Block{
				{card.Para{Spans: []card.Span{card.Text("Contacts that exist only on the phone are lost: "), card.Value(Asian)}}},
				{card.Para{Spans: []card.Span{card.Value(Lines)}}},
			}},
			card.Progress{Done: 12, Total: 40, Label: "devices moved"},
			card.Table{
				Head: []string{"Account", "Device", "Sign-ins"},
				Rows: [][][]card.Span{
					{{card.Value("anna@contoso.com")}, {card.Value(Asian)}, {card.Text("412")}},
					{{card.Value("a|b@contoso.com")}, {card.Key("x|y")}, {card.Text("7")}},
					{{card.Value(Escape)}, {card.Value(Emoji)}, {card.Text("1")}},
				},
			},
			card.Code{Text: "\x1b[2Jplain\ttab\n"},
			card.Entry{
				Text: []card.Span{card.Value(Markup)},
				Note: []card.Span{card.Value(Escape), card.Text(", last seen today")},
				Menu: []card.Action{{ID: "client:k7:1", Label: "Details"}, {ID: "notify:k7:1", Label: "Notify"}, {ID: "except:k7:1", Label: "Make an exception"}},
			},
			card.Entry{Text: []card.Span{card.Text("Open "), card.Bold("Settings")}, Menu: []card.Action{{ID: "step:k7-1:1", Label: "Done"}}},
		},
		Actions: []card.Action{
			{ID: "done:k7:1", Label: "I've done it", Style: card.Success},
			{ID: "notmine:k7:1", Label: "Not my device", Style: card.Danger},
			{ID: "help:k7:1", Label: "Need help"},
		},
		Fallback: "A device still signs in with a password",
	}
}
