package playbooks

import (
	"io/fs"
	"slices"
	"strings"
	"time"

	"legacyauth/detect"
)

// Load reads a whole library: ID.md files, files/ and calendar.yaml at the root
// of fsys. It must have a playbook for every client, and no review may have
// expired by today. The error joins every Problem found.
func Load(fsys fs.FS, today time.Time) (*Library, error) {
	return (&Library{}).Overlay(fsys, today)
}

// Overlay gives a new library with an operator's directory laid over l: a
// playbook or calendar entry of the same id replaces l's. The directory brings
// its own files/. No review in it may have expired by today. The error joins
// every Problem found.
func (l *Library) Overlay(fsys fs.FS, today time.Time) (*Library, error) {
	d := readDirectory(fsys, "")
	d.readCalendar(fsys, calendarFile, "")
	d.expired(today)
	return l.with(d)
}

// with lays a directory over l.
func (l *Library) with(d *directory) (*Library, error) {
	over := &Library{calendar: l.calendar.merged(d.calendar)}
	for _, p := range l.all {
		if !slices.ContainsFunc(d.playbooks, func(q *Playbook) bool { return q.ID == p.ID }) {
			over.all = append(over.all, p)
		}
	}
	over.all = append(over.all, d.playbooks...)
	slices.SortFunc(over.all, func(a, b *Playbook) int { return strings.Compare(a.ID, b.ID) })
	problems := slices.Clone(d.problems)
	for i, p := range over.all {
		linked := *p
		linked.calendar = over.calendar
		linked.titles = over.titlesOf(p.See)
		over.all[i] = &linked
	}
	for _, p := range d.playbooks {
		problems = append(problems, p.dangling(ids(over.all), over.calendar)...)
	}
	if len(problems) > 0 {
		return nil, joined(problems)
	}
	for _, v := range detect.Verdicts() {
		if !slices.ContainsFunc(over.all, func(p *Playbook) bool { return p.catchesAll(v) }) {
			return nil, &Problem{
				File: "the library", What: "no playbook is for every client of the verdict " + string(v),
				Do: "add one without families, protocols and versions",
			}
		}
	}
	return over, nil
}

func (l *Library) titlesOf(see []string) map[string]string {
	titles := make(map[string]string, len(see))
	for _, id := range see {
		if p, ok := l.ByID(id); ok {
			titles[id] = p.Title
		}
	}
	return titles
}

// dangling reports mentions of playbooks and calendar entries that do not exist.
func (p *Playbook) dangling(known []string, c calendar) []*Problem {
	r := report{file: p.file}
	for _, id := range p.See {
		switch line := p.lines[ref{"see", id}]; {
		case id == p.ID:
			r.add(line, "leave it out", "the playbook names itself")
		case id != "" && !slices.Contains(known, id):
			r.add(line, oneOf(id, known), "there is no playbook %q", id)
		}
	}
	if _, ok := c.byID(p.Retirement); p.Retirement != "" && !ok {
		r.add(p.lines[ref{"retirement", ""}], oneOf(p.Retirement, c.ids()), "there is no retirement %q in the calendar", p.Retirement)
	}
	for _, date := range p.dates {
		if _, ok := c.byID(date.id); !ok {
			r.add(date.line, oneOf(date.id, c.ids()), "there is no date %q in the calendar", date.id)
		}
	}
	return r.problems
}
