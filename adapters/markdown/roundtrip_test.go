package markdown_test

import (
	"bufio"
	"bytes"
	"html"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	htmlpage "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"

	"legacyauth/playbooks/card"
	"legacyauth/playbooks/card/cardtest"
)

func parse(src []byte) ast.Node {
	return goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(src))
}

// shown gives the text of a node as a reader sees it.
func shown(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			raw := t.Segment.Value(src)
			if n.Parent().Kind() == ast.KindCodeSpan {
				b.Write(raw)
			} else {
				var page bytes.Buffer
				w := bufio.NewWriter(&page)
				htmlpage.DefaultWriter.Write(w, raw)
				_ = w.Flush() // a buffer takes everything
				b.WriteString(html.UnescapeString(page.String()))
			}
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteString("\n")
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// kinds counts the nodes below n by kind.
func kinds(n ast.Node) map[string]int {
	count := map[string]int{}
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			count[n.Kind().String()]++
		}
		return ast.WalkContinue, nil
	})
	return count
}

func hostile() []string {
	return []string{
		cardtest.Escape, cardtest.Override, cardtest.Markup, cardtest.Lines, cardtest.Emoji, cardtest.Asian,
		"1. one", "12) two", "- x", "+ x", "> x", "# x", "## x ##", "=== ===", "---", "***", "___", "```", "~~~", "~~x~~",
		"[a]: https://evil.example", "[a][b]", "![a](b)", "<https://evil.example>", "&amp; &#64;", "www.evil.example", "WWW.evil.example",
		"https://evil.example", "ftp://evil.example", "mail me@evil.example", "a|b", "| a |\n|---|", `\`, `\*x*`, "`a``b`", "a!", "[x]", "[^1]",
		"$x$", "a_b_c", "**a**b", ":smile:", "<!-- x", "<?x", "]]>", "x\\", "1", "1.", "\u00a0x", "*", "_",
	}
}

func TestOutsideTextIsOneParagraph(t *testing.T) {
	t.Parallel()
	for _, s := range hostile() {
		checkParagraph(t, s)
	}
}

func checkParagraph(t *testing.T, s string) {
	t.Helper()
	src := render(t, card.Card{Blocks: []card.Block{card.Para{Spans: []card.Span{card.Value(s)}}}})
	doc := parse(src)
	clean := card.Clean(s)
	if clean == "" {
		if doc.HasChildren() {
			t.Errorf("%q, which is nothing, reads as %v", src, kinds(doc))
		}
		return
	}
	count := kinds(doc)
	delete(count, "Text")
	if diff := cmp.Diff(map[string]int{"Document": 1, "Paragraph": 1}, count); diff != "" {
		t.Errorf("%q is written %q: -want +got\n%s", s, src, diff)
	}
	if got := shown(doc, src); got != clean {
		t.Errorf("%q is written %q and reads %q, want %q", s, src, got, clean)
	}
}

func FuzzOutsideTextIsOneParagraph(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s)
	}
	f.Fuzz(checkParagraph)
}

// Whatever styles stand side by side, the text reads back whole, no block or
// HTML comes of it, and only links that the card has are links.
func FuzzStylesKeepTheText(f *testing.F) {
	for i, s := range hostile() {
		f.Add(s, byte(i), "and", byte(i/5), hostile()[len(hostile())-1-i], byte(i/25))
	}
	f.Add("x", byte(card.Link), "", byte(0), "", byte(0))
	f.Add("0", byte(card.Strong), "0", byte(card.Emph), ")", byte(card.Plain))
	f.Fuzz(func(t *testing.T, a string, styleA byte, b string, styleB byte, c string, styleC byte) {
		spans := []card.Span{card.Value(a), card.Value(b), card.Value(c)}
		links := 0
		for i, style := range []byte{styleA, styleB, styleC} {
			spans[i].Style = card.Style(style % 5)
			if spans[i].Style == card.Link {
				spans[i].URL = "https://aka.ms/x"
				links++
				if spans[i].Text == "" {
					spans[i].Text = "x"
				}
			}
		}
		want := strings.TrimSpace(card.Plainly(spans))
		for name, blocks := range map[string][]card.Block{
			"paragraph": {card.Para{Spans: spans}},
			"item":      {card.List{Items: [][]card.Block{{card.Para{Spans: spans}}}}},
			"heading":   {card.Heading{Text: spans}},
			"cell":      {card.Table{Head: []string{"h"}, Rows: [][][]card.Span{{spans}}}},
		} {
			src := render(t, card.Card{Blocks: blocks})
			doc := parse(src)
			count := kinds(doc)
			if got := count["Link"]; got != links {
				t.Errorf("%s %q has %d links, want %d", name, src, got, links)
			}
			for _, kind := range []string{"AutoLink", "RawHTML", "HTMLBlock", "Image", "Strikethrough", "Blockquote", "LinkReferenceDefinition", "FencedCodeBlock", "CodeBlock", "ThematicBreak", "TaskCheckBox"} {
				if count[kind] > 0 {
					t.Errorf("%s %q has a %s", name, src, kind)
				}
			}
			read := doc
			if name == "cell" {
				if count["TableRow"] != 1 || count["TableCell"] != 2 {
					t.Fatalf("cell %q has %d rows and %d cells", src, count["TableRow"], count["TableCell"])
				}
				read = lastOf(doc, extast.KindTableCell)
			}
			if got := shown(read, src); got != want {
				t.Errorf("%s %q reads %q, want %q", name, src, got, want)
			}
		}
	})
}

func lastOf(n ast.Node, kind ast.NodeKind) ast.Node {
	var last ast.Node
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.Kind() == kind {
			last = n
		}
		return ast.WalkContinue, nil
	})
	return last
}

func FuzzCodeStaysCode(f *testing.F) {
	f.Add("a\n```\nb", "powershell")
	f.Add("````\n~~~", "x y`\n")
	f.Add("\n\n", "")
	f.Fuzz(func(t *testing.T, code, lang string) {
		for name, blocks := range map[string][]card.Block{
			"block": {card.Code{Lang: lang, Text: code}},
			"item":  {card.List{Ordered: true, Items: [][]card.Block{{card.Para{Spans: []card.Span{card.Text("x")}}, card.Code{Lang: lang, Text: code}}}}},
		} {
			src := render(t, card.Card{Blocks: append(blocks, card.Para{Spans: []card.Span{card.Text("after")}})})
			doc := parse(src)
			count := kinds(doc)
			if count["FencedCodeBlock"] != 1 || count["Paragraph"]+count["TextBlock"] > 2 {
				t.Fatalf("%s %q reads as %v", name, src, count)
			}
			if last := doc.LastChild(); last.Kind() != ast.KindParagraph || shown(last, src) != "after" {
				t.Errorf("%s %q swallows what follows", name, src)
			}
		}
	})
}

func TestListsStayApart(t *testing.T) {
	t.Parallel()
	one := card.List{Items: [][]card.Block{{card.Para{Spans: []card.Span{card.Text("a")}}}}}
	steps := card.List{Ordered: true, Items: one.Items}
	facts := card.Facts{Pairs: []card.Fact{{Name: "n", Value: []card.Span{card.Text("v")}}}}
	src := render(t, card.Card{Blocks: []card.Block{one, one, one, steps, steps, facts, one}})
	if got := kinds(parse(src))["List"]; got != 7 {
		t.Errorf("%d lists, want 7:\n%s", got, src)
	}
}
