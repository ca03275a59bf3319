package playbooks

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// body reads the Markdown of one playbook into sections. GitHub's extensions
// are parsed only so that they can be refused by name instead of standing in
// the text as stray marks.
type body struct {
	*report
	src   []byte
	above int // lines of the file that stand above src
	// sources whose hosts may be linked to; none if they could not be read.
	sources []Source
	// dates are the calendar entries that the text asks for, as they come.
	dates []mention
}

func (b *body) line(n ast.Node) int { return b.lineAt(n.Pos()) }

func (b *body) lineAt(offset int) int {
	offset = min(max(offset, 0), len(b.src))
	return b.above + 1 + bytes.Count(b.src[:offset], []byte("\n"))
}

func (b *body) sections() []section {
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM))
	doc := markdown.Parser().Parse(text.NewReader(b.src))
	var all []section
	var lines []int
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			name := b.source(h)
			if h.Level != 2 || !slices.Contains(sectionNames(), name) {
				b.add(b.line(h), "use a level-2 heading: "+strings.Join(sectionNames(), ", "), "heading %q is not one of a playbook's", name)
			}
			all, lines = append(all, section{name: name}), append(lines, b.line(h))
			continue
		}
		if len(all) == 0 {
			b.add(b.line(n), "move it under ## Why now", "text stands before the first heading")
			all, lines = append(all, section{}), append(lines, b.line(n))
		}
		s := &all[len(all)-1]
		if block := b.block(n, true); block != nil {
			s.blocks = append(s.blocks, block)
		} else {
			s.partial = true
		}
	}
	b.shape(all, lines)
	return all
}

// block reads one block; lists may stand only at the top.
func (b *body) block(n ast.Node, top bool) block {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		return para(b.inlines(n))
	case *ast.FencedCodeBlock:
		return b.fenced(n)
	case *ast.List:
		if top {
			return b.list(n)
		}
	}
	b.refuse(n)
	return nil
}

func (b *body) fenced(n *ast.FencedCodeBlock) block {
	c := code{lang: string(n.Language(b.src)), text: strings.TrimSuffix(b.source(n), "\n")}
	if c.lang == "" {
		b.add(b.line(n), "write the language after the fence, such as ```powershell", "code has no language")
	}
	if c.text == "" {
		b.add(b.line(n), "write the code or leave it out", "code is empty")
	} else {
		b.code(b.lineAt(n.Lines().At(0).Start), c.text)
	}
	return c
}

func (b *body) list(n *ast.List) block {
	l := list{ordered: n.IsOrdered()}
	if n.IsOrdered() && n.Start != 1 {
		b.add(b.line(n), "number it from 1; indent what belongs to a step under its text", "the list begins at %d", n.Start)
	}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		var blocks []block
		for c := item.FirstChild(); c != nil; c = c.NextSibling() {
			if block := b.block(c, false); block != nil {
				blocks = append(blocks, block)
			}
		}
		if item.FirstChild() == nil {
			b.add(b.line(item), "write it or leave it out", "a list item is empty")
		}
		l.items = append(l.items, blocks)
	}
	return l
}

// source gives the lines of a block as written.
func (b *body) source(n ast.Node) string {
	var s strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		s.Write(line.Value(b.src))
	}
	return s.String()
}

// refuse reports a kind of Markdown that a playbook cannot hold.
func (b *body) refuse(n ast.Node) {
	kinds := map[string]string{
		"List":                    "a list inside a list",
		"HTMLBlock":               "HTML",
		"RawHTML":                 "HTML",
		"Image":                   "an image",
		"Table":                   "a table",
		"Blockquote":              "a quotation",
		"ThematicBreak":           "a rule",
		"CodeBlock":               "indented code",
		"LinkReferenceDefinition": "a reference definition",
		"Strikethrough":           "struck-out text",
		"TaskCheckBox":            "a check box",
		"Heading":                 "a heading in a list",
	}
	what, ok := kinds[n.Kind().String()]
	if !ok {
		what = fmt.Sprintf("Markdown of the kind %s", n.Kind())
	}
	b.add(b.line(n), "use paragraphs, simple lists, fenced code, strong, emphasis, code and links", "%s is not allowed", what)
}
