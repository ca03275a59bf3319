package playbooks

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"legacyauth/playbooks/language"
)

// translation is what a playbook says in another language.
type translation struct {
	title    string
	sections []section
	// reviewed is the day of the English text that was translated.
	reviewed time.Time
	file     string
}

// isLanguage says whether a folder of a directory of playbooks holds
// translations.
func isLanguage(name string) bool {
	return name != language.English && slices.Contains(language.Codes(), name)
}

// readTranslations reads the translations into one language, of playbooks that
// were read before.
func (d *directory) readTranslations(fsys fs.FS, code, shown string) {
	shown = path.Join(shown, code)
	sub, err := fs.Sub(fsys, code)
	if err != nil {
		d.fail(shown, "the translations cannot be read", err)
		return
	}
	entries, err := fs.ReadDir(sub, ".")
	if err != nil {
		d.fail(shown, "the translations cannot be read", err)
		return
	}
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || path.Ext(name) != ".md" {
			d.problems = append(d.problems, &Problem{File: path.Join(shown, name), What: "it is no playbook", Do: "move it elsewhere"})
			continue
		}
		d.readTranslation(sub, code, name, shown)
	}
}

func (d *directory) readTranslation(fsys fs.FS, code, name, shown string) {
	src, err := readFile(fsys, name)
	if err != nil {
		d.fail(path.Join(shown, name), "the translation cannot be read", err)
		return
	}
	r := &report{file: path.Join(shown, name)}
	id := strings.TrimSuffix(name, ".md")
	i := slices.IndexFunc(d.playbooks, func(p *Playbook) bool { return p.ID == id })
	switch {
	case i < 0:
		r.add(0, "translate a playbook that stands in the folder above", "there is no playbook %q to translate", id)
	default:
		p := d.playbooks[i]
		if t := r.translation(src, p); t != nil {
			said := p.content()
			if said.translations == nil {
				said.translations = map[string]translation{}
			}
			said.translations[code] = *t
		}
	}
	d.problems = append(d.problems, r.problems...)
}

// translation reads a translation of p. Its headings are those of the format, in
// English; what is shown in their place are the words of the language.
func (r *report) translation(src []byte, p *Playbook) *translation {
	src, ok := r.clean(src)
	if !ok {
		return nil
	}
	front, rest, line, ok := r.split(src)
	if !ok {
		return nil
	}
	t := &translation{file: r.file}
	s := strict{r, 1}
	doc := s.document(front)
	if doc == nil {
		return nil
	}
	seen := s.mapping(doc, fields{
		"id":       func(n ast.Node) { s.id(&Playbook{ID: p.ID}, n) },
		"title":    func(n ast.Node) { t.title = s.text(n) },
		"reviewed": func(n ast.Node) { t.reviewed = s.day(n) },
	})
	s.require(doc, seen, "id", "title", "reviewed")
	if !t.reviewed.IsZero() && !t.reviewed.Equal(p.Reviewed) {
		s.add(seen["reviewed"], "translate what has changed, then write the English playbook's day of review",
			"it is a translation of the text reviewed on %s, and the playbook was reviewed on %s", t.reviewed.Format(time.DateOnly), p.Reviewed.Format(time.DateOnly))
	}
	b := body{report: r, src: rest, above: line - 1, sources: p.Sources}
	t.sections = b.sections()
	if len(r.problems) == 0 {
		r.sameShape(t.sections, p.content().sections)
	}
	return t
}

// sameShape reports where a translation is built otherwise than its original.
func (r *report) sameShape(have, want []section) {
	name := func(s section) string { return s.name }
	if got, all := names(have, name), names(want, name); !slices.Equal(got, all) {
		r.add(0, "translate every section, in the order of the original", "its sections are %s, and the original has %s", strings.Join(got, ", "), strings.Join(all, ", "))
		return
	}
	for i := range want {
		h, w := featuresOf(have[i].blocks), featuresOf(want[i].blocks)
		if h.items != w.items || h.blocks != w.blocks {
			r.add(0, "keep one for one", "section %q has %d paragraphs, lists and items, and the original has %d", want[i].name, h.blocks+h.items, w.blocks+w.items)
		}
		if !slices.Equal(h.marks, w.marks) {
			r.add(0, "keep placeholders, addresses and code as they are", "section %q differs in %s", want[i].name, difference(h.marks, w.marks))
		}
	}
}

func names[T any](all []T, name func(T) string) []string {
	list := make([]string, len(all))
	for i, v := range all {
		list[i] = name(v)
	}
	return list
}

// features are what a translation keeps as it is.
type features struct {
	blocks, items int
	marks         []string // placeholders, addresses and code, sorted
}

func featuresOf(blocks []block) features {
	var f features
	f.add(blocks)
	slices.Sort(f.marks)
	return f
}

func (f *features) add(blocks []block) {
	for _, b := range blocks {
		f.blocks++
		switch b := b.(type) {
		case para:
			for _, r := range b {
				f.marks = append(f.marks, r.marks()...)
			}
		case code:
			f.marks = append(f.marks, "code "+b.text)
		case list:
			f.items += len(b.items)
			for _, item := range b.items {
				f.add(item)
			}
		}
	}
}

// difference names what one of two sorted lists has and the other has not.
func difference(have, want []string) string {
	var parts []string
	count := map[string]int{}
	for _, m := range have {
		count[m]++
	}
	for _, m := range want {
		count[m]--
	}
	for _, m := range slices.Sorted(maps.Keys(count)) {
		switch n := count[m]; {
		case n > 0:
			parts = append(parts, fmt.Sprintf("%q too much", m))
		case n < 0:
			parts = append(parts, fmt.Sprintf("%q missing", m))
		}
	}
	return strings.Join(parts, ", ")
}
