package playbooks

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Check reads a playbook, a calendar or a directory of playbooks at name in
// fsys and gives everything that is wrong, by file and line; each error is a
// *Problem. What a playbook mentions may stand beside it or in the built-in
// library. An expired review is an error.
func Check(fsys fs.FS, name string, today time.Time) []error {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		d := &directory{}
		d.fail(name, "it cannot be read", err)
		return listed(d.problems)
	}
	dir := name
	if !info.IsDir() {
		dir = path.Dir(name)
	}
	sub, err := fs.Sub(fsys, dir)
	if err != nil {
		d := &directory{}
		d.fail(dir, "the directory cannot be read", err)
		return listed(d.problems)
	}
	d, beside := &directory{}, &directory{} // beside is read only for what it names
	switch base := path.Base(name); {
	case info.IsDir():
		d = readDirectory(sub, dir)
		d.readCalendar(sub, calendarFile, dir)
	case base == calendarFile:
		d.readCalendar(sub, base, dir)
	default:
		d.readPlaybook(sub, base, dir)
		beside.readCalendar(sub, calendarFile, dir)
	}
	d.expired(today)

	own := builtin()
	known := slices.Concat(ids(own.all), ids(d.playbooks), markdownIn(sub))
	dates := own.calendar.merged(beside.calendar).merged(d.calendar)
	for _, p := range d.playbooks {
		d.problems = append(d.problems, p.dangling(known, dates)...)
	}
	return listed(d.problems)
}

// markdownIn gives the ids that the files of a directory stand for.
func markdownIn(fsys fs.FS) []string {
	names, err := fs.Glob(fsys, "*.md")
	if err != nil {
		return nil
	}
	for i, name := range names {
		names[i] = strings.TrimSuffix(name, ".md")
	}
	return names
}
