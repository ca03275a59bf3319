package playbooks

import (
	"slices"

	"legacyauth/playbooks/card"
	"legacyauth/playbooks/language"
)

// Guide is a playbook in parts, for a message that is more than the playbook.
type Guide struct {
	Title string
	Why   []card.Block
	// Steps are three to six, each the blocks that belong to it.
	Steps    [][]card.Block
	Commands []card.Block // may be empty, as may the next two
	Rollback []card.Block
	Cautions []card.Block
	Worked   []card.Block // how to tell that it worked
	// Language is the code of the language it is in: English where the playbook
	// is not translated.
	Language string
}

// Guide gives the playbook's parts, filled, in the language of the facts where it
// is translated.
func (p *Playbook) Guide(f Facts) Guide {
	g := Guide{Title: p.Title, Language: language.English}
	said := p.content()
	sections := said.sections
	if f.Language != nil {
		if t, ok := said.translations[f.Language.Code]; ok {
			g.Title, g.Language, sections = t.title, f.Language.Code, t.sections
		} else {
			f.Language = nil
		}
	}
	w := p.words(f)
	for _, s := range sections {
		blocks := filled(s.blocks, w)
		switch s.name {
		case whyNow:
			g.Why = blocks
		case steps:
			if l, ok := blocks[0].(card.List); ok {
				g.Steps = l.Items
			}
		case commands:
			g.Commands = blocks
		case rollback:
			g.Rollback = blocks
		case cautions:
			g.Cautions = blocks
		case howToTell:
			g.Worked = blocks
		}
	}
	return g
}

// Languages gives the codes of the languages the playbook is in, English first.
func (p *Playbook) Languages() []string {
	codes := []string{language.English}
	for code := range p.content().translations {
		codes = append(codes, code)
	}
	slices.Sort(codes[1:])
	return codes
}
