package playbooks

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// Where things stand in a directory of playbooks.
const (
	calendarFile = "calendar.yaml"
	filesDir     = "files"
)

// maxFile is the largest file that is read, in bytes.
const maxFile = 256 << 10

var errTooLarge = errors.New("it is larger than 256 KiB")

// directory is what was read of one directory of playbooks.
type directory struct {
	playbooks []*Playbook
	calendar  calendar
	problems  []*Problem
}

// readDirectory reads the playbooks of fsys; shown is the directory's name in
// messages.
func readDirectory(fsys fs.FS, shown string) *directory {
	d := &directory{}
	d.read(fsys, shown)
	return d
}

// read reads the playbooks of fsys.
func (d *directory) read(fsys fs.FS, shown string) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		d.fail(path.Join(shown, "."), "the directory cannot be read", err)
		return
	}
	// Side by side, because a person waits for it.
	read := make([]directory, len(entries))
	var reading sync.WaitGroup
	for i, e := range entries {
		name, d := e.Name(), &read[i]
		switch {
		case e.IsDir() && isLanguage(name): // read once the originals are known
		case e.IsDir() && name == filesDir, name == calendarFile, name == "README.md", strings.HasPrefix(name, "."):
		case !e.IsDir() && path.Ext(name) == ".md":
			reading.Go(func() { d.readPlaybook(fsys, name, shown) })
		default:
			d.problems = append(d.problems, &Problem{File: path.Join(shown, name), What: "it is no playbook", Do: "move it to " + filesDir + "/ or elsewhere"})
		}
	}
	reading.Wait()
	for _, one := range read {
		d.playbooks = append(d.playbooks, one.playbooks...)
		d.problems = append(d.problems, one.problems...)
	}
	for _, e := range entries {
		if e.IsDir() && isLanguage(e.Name()) {
			d.readTranslations(fsys, e.Name(), shown)
		}
	}
	d.strayFiles(fsys, shown)
}

func (d *directory) readPlaybook(fsys fs.FS, name, shown string) {
	src, err := readFile(fsys, name)
	if err != nil {
		d.fail(path.Join(shown, name), "the playbook cannot be read", err)
		return
	}
	r := &report{file: path.Join(shown, name)}
	p := r.parse(src)
	for _, f := range p.Files {
		r.attach(fsys, p, f.Name)
	}
	d.playbooks = append(d.playbooks, p)
	d.problems = append(d.problems, r.problems...)
}

// readCalendar reads a calendar if there is one.
func (d *directory) readCalendar(fsys fs.FS, name, shown string) {
	src, err := readFile(fsys, name)
	if err != nil {
		if !isMissing(err) {
			d.fail(path.Join(shown, name), "the calendar cannot be read", err)
		}
		return
	}
	r := &report{file: path.Join(shown, name)}
	d.calendar = r.retirements(src)
	d.problems = append(d.problems, r.problems...)
}

// strayFiles reports files that no playbook hands out, once every playbook can
// be read for what it names.
func (d *directory) strayFiles(fsys fs.FS, shown string) {
	if len(d.problems) > 0 {
		return
	}
	entries, err := fs.ReadDir(fsys, filesDir)
	if err != nil && !isMissing(err) {
		d.fail(path.Join(shown, filesDir), "the directory cannot be read", err)
	}
	for _, e := range entries {
		used := slices.ContainsFunc(d.playbooks, func(p *Playbook) bool {
			return slices.ContainsFunc(p.Files, func(f File) bool { return f.Name == e.Name() })
		})
		if !used {
			d.problems = append(d.problems, &Problem{File: path.Join(shown, filesDir, e.Name()), What: "no playbook names it", Do: "name it under files: or remove it"})
		}
	}
}

// expired reports the playbooks that had to be reviewed before today.
func (d *directory) expired(today time.Time) {
	for _, p := range d.playbooks {
		if !p.ReviewBy.IsZero() && p.stale(today) {
			d.problems = append(d.problems, &Problem{
				File: p.file, Line: p.lines[ref{"review-by", ""}],
				What: "the review expired on " + p.ReviewBy.Format(time.DateOnly),
				Do:   "check every fact against its source, then set reviewed and review-by",
			})
		}
	}
}

func (d *directory) fail(file, what string, err error) {
	d.problems = append(d.problems, &Problem{File: file, What: what + ": " + err.Error(), Do: "correct the path or the permissions"})
}

// readFile reads a file of at most maxFile bytes.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = errTooLarge
	}
	return data, err
}

func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
