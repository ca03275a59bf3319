package playbooks

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"legacyauth/playbooks/card"
)

var entityForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^&(#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);`)
})

// inlines reads the text of a paragraph. Neighbors of plain text are joined
// first, since the parser may split text anywhere, also inside a placeholder.
func (b *body) inlines(parent ast.Node) []run {
	var runs []run
	var plain raw
	flush := func() {
		runs = append(runs, b.runs(plain, card.Span{})...)
		plain = raw{}
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if b.plain(n, &plain) {
			continue
		}
		flush()
		runs = append(runs, b.styled(n)...)
	}
	flush()
	return runs
}

// raw is text as written, with the offset of every byte.
type raw struct {
	text []byte
	at   []int
}

func (w *raw) add(text []byte, offset int) {
	for i, c := range text {
		w.text, w.at = append(w.text, c), append(w.at, offset+i)
	}
}

// plain adds n to text if it is plain text, and says whether it was.
func (b *body) plain(n ast.Node, to *raw) bool {
	switch n := n.(type) {
	case *ast.Text:
		to.add(n.Segment.Value(b.src), n.Segment.Start)
		if n.HardLineBreak() {
			b.add(b.lineAt(n.Segment.Start), "start a new paragraph", "a line ends in a forced break")
		}
		if n.SoftLineBreak() {
			to.add([]byte(" "), n.Segment.Stop)
		}
		return true
	case *ast.AutoLink:
		if n.AutoLinkType == ast.AutoLinkEmail {
			to.add(n.Label(b.src), n.Pos())
			return true
		}
	}
	return false
}

// styled reads one piece of text in a style; styles do not combine.
func (b *body) styled(n ast.Node) []run {
	switch n := n.(type) {
	case *ast.CodeSpan:
		text := strings.ReplaceAll(b.inside(n).string(), "\n", " ")
		b.code(b.line(n), text)
		return []run{{Span: card.Key(text)}}
	case *ast.Emphasis:
		if n.Level == 2 {
			return b.runs(b.inside(n), card.Span{Style: card.Strong})
		}
		return b.runs(b.inside(n), card.Span{Style: card.Emph})
	case *ast.Link:
		return b.link(n)
	case *ast.AutoLink:
		b.add(b.line(n), "write [words](https://…), or `code` if it is not to be opened", "a bare address is not allowed")
		return nil
	}
	b.refuse(n)
	return nil
}

func (w raw) string() string { return string(w.text) }

// inside gives the text in n, which may hold nothing else.
func (b *body) inside(n ast.Node) raw {
	var text raw
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if !b.plain(c, &text) {
			b.add(b.line(c), "use one style at a time", "styles and links cannot stand inside one another")
		}
	}
	return text
}

func (b *body) link(n *ast.Link) []run {
	address := string(n.Destination)
	switch host := hostOf(address); {
	case strings.Contains(address, "{{"):
		b.add(b.line(n), "write the address in full", "a placeholder cannot stand in an address")
	case host == "":
		b.add(b.line(n), "link to an https page", "%q is not an https address", address)
	case !b.trusts(host):
		b.add(b.line(n), "add a page of it to the sources or link elsewhere", "host %q is not among the sources'", host)
	}
	if len(n.Title) > 0 {
		b.add(b.line(n), "leave it out", "a link has a title")
	}
	return b.runs(b.inside(n), card.Span{Style: card.Link, URL: address})
}

// trusts says whether a host may be linked to. Without sources, which is a
// problem of its own, every host may.
func (b *body) trusts(host string) bool {
	return len(b.sources) == 0 || slices.Contains(trustedHosts(), host) ||
		slices.ContainsFunc(b.sources, func(s Source) bool { return hostOf(s.URL) == host })
}

// trustedHosts may be linked to by every playbook: the vendors' documentation.
func trustedHosts() []string {
	return []string{"learn.microsoft.com", "support.microsoft.com", "support.apple.com", "aka.ms"}
}

// runs splits text as written into runs of one style, at its placeholders.
func (b *body) runs(from raw, style card.Span) []run {
	var runs []run
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			style.Text = text.String()
			runs = append(runs, run{Span: style})
			text.Reset()
		}
	}
	for i := 0; i < len(from.text); i++ {
		rest := from.text[i:]
		switch {
		case rest[0] == '\\' && len(rest) > 1 && util.IsPunct(rest[1]):
			text.WriteByte(rest[1])
			i++
		case rest[0] == '&' && entityForm().Match(rest):
			b.add(b.lineAt(from.at[i]), "write the character itself", "a character is written as an HTML entity")
			text.WriteByte('&')
		case bytes.HasPrefix(rest, []byte("{{")):
			name, length := b.slot(rest, from.at[i])
			if name != "" {
				flush()
				runs = append(runs, run{Span: card.Span{Style: style.Style, URL: style.URL}, slot: name})
			}
			i += length - 1
		default:
			text.WriteByte(rest[0])
		}
	}
	flush()
	return runs
}
