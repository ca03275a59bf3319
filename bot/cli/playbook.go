package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"legacyauth/adapters/markdown"
	"legacyauth/adapters/terminal"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
)

// Playbook groups the commands about playbooks.
type Playbook struct {
	List  PlaybookList  `cmd:"" help:"List the playbooks."`
	Show  PlaybookShow  `cmd:"" help:"Show one playbook, or write the files that come with it."`
	Check PlaybookCheck `cmd:"" help:"Check your own playbooks before you use them."`
}

// PlaybookList lists the playbooks.
type PlaybookList struct {
	Playbooks string `type:"existingdir" placeholder:"DIR" help:"Lay your own playbooks over the built-in ones."`
}

// Help is the long help of the command.
func (PlaybookList) Help() string {
	return "Examples:\n  legacyauth playbook list\n  legacyauth playbook list --playbooks /etc/legacyauth/playbooks"
}

// Run prints one line per playbook.
func (c *PlaybookList) Run(env *Env) error {
	library, err := openLibrary(env, c.Playbooks)
	if err != nil {
		return err
	}
	t := terminal.Table{Columns: []terminal.Column{
		{Head: "Playbook"}, {Head: "For"}, {Head: "Review by"}, {Head: "Title", Weight: 1, Min: 20},
	}, Groups: make([]terminal.Group, 1)}
	for _, p := range library.All() {
		t.Groups[0].Rows = append(t.Groups[0].Rows, [][]card.Span{
			{card.Text(p.ID)}, {card.Text(string(p.For))}, {card.Text(p.ReviewBy.Format(time.DateOnly))}, {card.Text(p.Title)},
		})
	}
	return t.Write(env.Stdout, env.Out)
}

// PlaybookShow shows one playbook.
type PlaybookShow struct {
	ID        string `arg:"" help:"The playbook, as listed by legacyauth playbook list."`
	As        string `enum:"terminal,markdown" default:"terminal" help:"How to show it: ${enum}."`
	Files     string `type:"existingdir" placeholder:"DIR" help:"Write the files that come with the playbook into this folder instead of showing it. An existing file is left alone."`
	Playbooks string `type:"existingdir" placeholder:"DIR" help:"Lay your own playbooks over the built-in ones."`
}

// Help is the long help of the command.
func (PlaybookShow) Help() string {
	return `Examples:
  legacyauth playbook show printer-smtp
  legacyauth playbook show iphone-mail --as markdown > iphone-mail.md
  legacyauth playbook show outlook-2013 --files .`
}

// Run prints the playbook or writes its files.
func (c *PlaybookShow) Run(env *Env) error {
	library, err := openLibrary(env, c.Playbooks)
	if err != nil {
		return err
	}
	p, ok := library.ByID(c.ID)
	if !ok {
		if near, found := library.Nearest(c.ID); found {
			return fmt.Errorf("there is no playbook %q: did you mean %s? legacyauth playbook list shows all", c.ID, near)
		}
		return fmt.Errorf("there is no playbook %q: legacyauth playbook list shows all", c.ID)
	}
	facts := playbooks.Facts{Today: env.Now()}
	if c.Files != "" {
		return c.write(env, p, facts)
	}
	if c.As == "markdown" {
		return markdown.Render(env.Stdout, p.Card(facts))
	}
	return terminal.Render(env.Stdout, p.Card(facts), env.Out)
}

func (c *PlaybookShow) write(env *Env, p *playbooks.Playbook, facts playbooks.Facts) error {
	script, scripted := p.Script(facts)
	if len(p.Files) == 0 && !scripted {
		return fmt.Errorf("no file comes with the playbook %s", p.ID)
	}
	for _, f := range p.Files {
		data, err := p.File(f.Name, facts)
		if err != nil {
			return err
		}
		if err := c.writeOne(env, f, data); err != nil {
			return err
		}
	}
	if !scripted {
		return nil
	}
	return c.writeOne(env, script, script.Data())
}

func (c *PlaybookShow) writeOne(env *Env, f playbooks.File, data []byte) error {
	path := filepath.Join(c.Files, f.Name)
	if err := writeNew(path, data); err != nil {
		return err
	}
	_, err := fmt.Fprintf(env.Stdout, "wrote %s: %s\n", path, f.About)
	return err
}

// writeNew writes a file that must not exist yet, whole or not at all.
func writeNew(path string, data []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s exists and is left alone: remove it, or name another folder with --files", path)
	}
	if err != nil {
		return fmt.Errorf("write a playbook's file: %w", err)
	}
	_, err = file.Write(data)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		_ = os.Remove(path)
		return fmt.Errorf("write a playbook's file: %w", err)
	}
	return nil
}

// PlaybookCheck checks playbooks.
type PlaybookCheck struct {
	Path []string `arg:"" type:"existingpath" help:"Playbooks, or folders of them."`
}

// Help is the long help of the command.
func (PlaybookCheck) Help() string {
	return `Finds what would keep a playbook from loading, with file and line: unknown fields, families and placeholders, missing sections, links to hosts that are no source, an expired review.

Examples:
  legacyauth playbook check my-playbooks/
  legacyauth playbook check my-playbooks/scanner.md`
}

// Run prints every problem.
func (c *PlaybookCheck) Run(env *Env) error {
	var problems []error
	for _, path := range c.Path {
		problems = append(problems, checkPath(path, env.Now())...)
	}
	for _, p := range problems {
		if _, err := fmt.Fprintln(env.Stderr, p); err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		return fmt.Errorf("problems found: %d. Mend them and check again", len(problems))
	}
	_, err := fmt.Fprintf(env.Stdout, "%s: no problems\n", strings.Join(c.Path, ", "))
	return err
}

func checkPath(path string, today time.Time) []error {
	info, err := os.Stat(path)
	if err != nil {
		return []error{err}
	}
	if info.IsDir() {
		if found, _ := filepath.Glob(filepath.Join(path, "*.md")); len(found) == 0 {
			return []error{fmt.Errorf("%s holds no playbook: a playbook is a file ID.md", path)}
		}
		return playbooks.Check(os.DirFS(path), ".", today)
	}
	return playbooks.Check(os.DirFS(filepath.Dir(path)), filepath.Base(path), today)
}

// openLibrary loads the playbooks, with the operator's own on top, and warns
// of built-in ones whose review is overdue.
func openLibrary(env *Env, dir string) (*playbooks.Library, error) {
	library, err := playbooks.Builtin()
	if err != nil {
		return nil, err
	}
	if stale := library.Stale(env.Now()); len(stale) > 0 {
		env.Log.Warn("playbooks are past their review date: look for a newer version of legacyauth, and check their sources", "playbooks", len(stale), "first", stale[0].ID)
	}
	if dir == "" {
		return library, nil
	}
	return library.Overlay(os.DirFS(dir), env.Now())
}
