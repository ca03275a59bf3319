package playbooks

import (
	"strings"

	"legacyauth/playbooks/card"
)

// Script gives the playbook's commands for PowerShell as a file, each under what
// the playbook says of it, and those that undo them below; false: it has none. Run
// as a whole it does nothing, since each part is for a person to decide on. It
// begins with the mark by which Windows PowerShell knows UTF-8, and has the line
// ends of Windows.
func (p *Playbook) Script(f Facts) (file File, ok bool) {
	w := p.words(f)
	s := &script{}
	s.remark(p.Title)
	s.remark("From the playbook " + p.ID + ". Read it, select one part, and run the selection (F8 in the editors).")
	s.remark("As a whole it does nothing: the next line ends it.")
	s.lines = append(s.lines, "return")
	for _, section := range p.content().sections {
		if section.name == "Commands" || section.name == "Rollback" {
			s.lines = append(s.lines, "")
			s.remark("== " + section.name + " ==")
			s.blocks(filled(section.blocks, w))
		}
	}
	file = File{Name: p.ID + ".ps1", About: "the commands, and how to undo them; run one part at a time"}
	file.data = []byte("\ufeff" + strings.Join(s.lines, "\r\n") + "\r\n")
	return file, s.commands
}

// Data is the content of a file that Script gave.
func (f File) Data() []byte { return f.data }

type script struct {
	lines    []string
	commands bool
}

// remark adds a line that does nothing, whatever it says.
func (s *script) remark(text string) { s.lines = append(s.lines, "# "+card.Clean(text)) }

func (s *script) blocks(blocks []card.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case card.Para:
			s.lines = append(s.lines, "")
			s.remark(card.Plainly(b.Spans))
		case card.List:
			for _, item := range b.Items {
				s.blocks(item)
			}
		case card.Code:
			code := strings.Split(strings.TrimRight(b.Text, "\n"), "\n")
			if b.Lang == "powershell" {
				s.commands = true
				s.lines = append(s.lines, code...)
				continue
			}
			for _, line := range code {
				s.remark(line)
			}
		}
	}
}
