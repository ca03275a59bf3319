package chattest

import (
	"fmt"
	"maps"
	"strings"
	"unicode"

	"legacyauth/playbooks/card"
	"legacyauth/playbooks/card/cardtest"
)

// hostile are texts as people write them into names, agents and applications
// to become more than text somewhere, by what they try.
var hostile = map[string]string{
	"Slack channel mention":   "<!channel> <!here> <!everyone>",
	"Slack user mention":      "<@U012ABCDEF> <@W012ABCDEF|anna>",
	"Slack group mention":     "<!subteam^S012ABCDEF>",
	"Slack channel link":      "<#C012ABCDEF|general>",
	"Slack link":              "<https://evil.example/login|Sign in again>",
	"Slack date":              "<!date^1392734382^{date}|now>",
	"Slack escapes":           "&lt;!channel&gt; &amp;lt;",
	"Slack markup":            "*bold* _italic_ ~gone~ `code` ```block```",
	"Discord everyone":        "@everyone @here",
	"Discord user mention":    "<@123456789012345678> <@!123456789012345678>",
	"Discord role mention":    "<@&123456789012345678>",
	"Discord channel mention": "<#123456789012345678> <id:customize>",
	"Discord command mention": "</legacyauth except:123456789012345678>",
	"Discord emoji":           "<:x:123456789012345678> <a:x:123456789012345678>",
	"Discord time":            "<t:0:R>",
	"Discord markup":          "**bold** __under__ ||spoiler|| ~~gone~~ > quote -# small",
	"Discord escape":          `\@everyone \<@123456789012345678> \\`,
	"Teams mention":           "<at>Anna</at>",
	"Markdown link":           "[Sign in again](https://evil.example/login)",
	"Markdown image":          "![x](https://evil.example/p.png)",
	"bare address":            "https://evil.example/login http://evil.example www.evil.example",
	"other schemes":           "mailto:x@evil.example tel:+15550100 slack://user ms-settings:privacy",
	"HTML":                    `<script>alert(1)</script><a href="https://evil.example">x</a>`,
	"JSON":                    `"},{"key":"forged","x":"`,
	"line feeds":              cardtest.Lines,
	"terminal":                cardtest.Escape,
	"direction":               cardtest.Override,
	"card markup":             cardtest.Markup,
	"backticks":               "a ``` b `` c ` d",
	"emoji by name":           ":warning: :skull:",
	"header":                  "# heading",
	"list":                    "- item",
	"table":                   "a | b || c",
}

// Hostile gives texts that try to become more than text, by what they try, for what
// a platform shows in ways that the suite does not know.
func Hostile() map[string]string { return maps.Clone(hostile) }

func hostility() []check {
	all := []check{{name: "text that was not cleaned shows no controls", run: controls}}
	for name, text := range hostile {
		all = append(all, check{name: "hostile text stays text: " + name, run: func(f Fixture, p *problems) { staysText(f, p, text) }})
	}
	return all
}

// staysText sends the text in every part of a card that outside text can reach.
func staysText(f Fixture, p *problems, text string) {
	v := []card.Span{card.Value(text)}
	strong := card.Value(text)
	strong.Style = card.Strong
	mono := card.Value(text)
	mono.Style = card.Mono
	c := card.Card{
		Title: v,
		Blocks: []card.Block{
			card.Heading{Text: v},
			card.Para{Spans: []card.Span{card.Text("before "), card.Value(text), card.Text(" after")}},
			card.Para{Spans: []card.Span{strong}},
			card.Para{Spans: []card.Span{mono}},
			card.Facts{Pairs: []card.Fact{{Name: "Account", Value: v}}},
			card.List{Items: [][]card.Block{{card.Para{Spans: v}}}},
			card.Table{Head: []string{"Account"}, Rows: [][][]card.Span{{v}}},
			card.Code{Text: card.Clean(text)},
			card.Progress{Done: 1, Total: 2, Label: card.Clean(text)},
			card.Entry{Text: []card.Span{card.Value(text)}, Note: []card.Span{card.Value(text)}},
		},
		Actions: []card.Action{{ID: "done:k7:1", Label: "Done"}},
		// A defect of ours: nothing from outside belongs here, and it must not do
		// anything if it gets there.
		Fallback: card.Clean(text),
	}
	if _, ok := p.send(f.Sender, message("hostile", f.To, c)); !ok {
		return
	}
	shown, ok := p.only(f)
	if !ok {
		return
	}
	if n := strings.Count(squeezed(shown.Text), squeezed(card.Clean(text))); n < len(c.Blocks) {
		p.errorf("the text is to be read %d times, want %d or more:\n%s", n, len(c.Blocks), shown.Text)
	}
	p.inert(shown)
}

// inert expects that nothing of a message does anything.
func (p *problems) inert(shown Shown) {
	if len(shown.Links) > 0 {
		p.errorf("%q can be followed", shown.Links)
	}
	if len(shown.Mentions) > 0 {
		p.errorf("%q are mentioned", shown.Mentions)
	}
	for _, r := range shown.Text + shown.Notice {
		if r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp)) {
			p.errorf("%U is in the text", r)
			return
		}
	}
}

// controls sends what did not pass through card.Value, as a defect of ours
// would.
func controls(f Fixture, p *problems) {
	raw := cardtest.Escape + cardtest.Override + "\x00\x07\x1b[2J\u2028\u202e"
	c := noteOf("fine words")
	for i := range 3 {
		c.Blocks = append(c.Blocks, card.Para{Spans: []card.Span{card.Text(fmt.Sprint(i, raw))}})
	}
	c.Blocks = append(c.Blocks, card.Code{Text: raw})
	c.Title = append(c.Title, card.Text(raw))
	c.Fallback = raw
	if _, ok := p.send(f.Sender, message("raw", f.To, c)); !ok {
		return
	}
	if shown, ok := p.only(f); ok {
		shown.Links = nil // an address that we wrote ourselves may be followed
		p.inert(shown)
		p.reads(shown.Text, "fine words")
	}
}
