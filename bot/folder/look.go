package folder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"legacyauth/adapters/export"
	"legacyauth/adapters/export/tables"
	"legacyauth/detect"
	"legacyauth/storage"
)

// Look is one reading of what is new in a folder; a scan.Source.
type Look struct {
	// Progress is told how many of the folder's new files have been read; it may
	// be nil.
	Progress func(read, of int)

	folder  *Folder
	known   map[string]storage.File // by path
	digests map[string]storage.File // of those that were read
	changed []storage.File
	left    []string // still being written

	reports []export.Report
	own     detect.Part
}

// SignIns hands over the sign-ins of every file that is new or has changed. The
// error is that of the folder itself, of sink, or of ctx; a file that cannot be
// read is a gap.
func (l *Look) SignIns(ctx context.Context, sink func([]detect.SignIn) error) ([]detect.Part, error) {
	l.own.Name = shown(l.folder.Path)
	root, err := os.OpenRoot(l.folder.Path)
	if err != nil {
		return nil, fmt.Errorf("open folder of exports: %s", unreadable(l.folder.Path, err))
	}
	defer func() { _ = root.Close() }()
	list, gaps, outside, err := files(root)
	if err != nil {
		return nil, fmt.Errorf("list folder of exports: %s", unreadable(l.folder.Path, err))
	}
	l.own.Gaps = gaps
	there := map[string]bool{}
	var fresh []found
	for _, f := range list {
		there[f.path] = true
		if k, ok := l.known[f.path]; !ok || k.Size != f.size || !k.ModTime.Equal(f.changed) {
			fresh = append(fresh, f)
		}
	}
	l.folder.only(there)
	for i, f := range fresh {
		if err := l.file(ctx, root, f, sink); err != nil {
			return nil, err
		}
		if l.Progress != nil {
			l.Progress(i+1, len(fresh))
		}
	}
	l.say(outside)
	return append(export.Parts(l.reports), l.own), nil
}

// Files gives what is to be remembered of the files that were read or given up,
// for storage to keep together with their rows.
func (l *Look) Files() []storage.File { return slices.Clone(l.changed) }

// Unfinished names the files that were left because they are still being
// written.
func (l *Look) Unfinished() []string { return slices.Clone(l.left) }

func (l *Look) remember(f storage.File) {
	l.known[f.Path] = f
	if f.Digest != "" {
		l.digests[f.Digest] = f
	}
}

// file reads one file if it is time to.
func (l *Look) file(ctx context.Context, root *os.Root, f found, sink func([]detect.SignIn) error) error {
	now := l.folder.Now()
	quiet, waited := l.folder.wait(f.path, f.state, now)
	patience := orElse(l.folder.Patience, Patience)
	growing := waited >= patience // it has never come to rest
	if f.size == 0 || quiet < orElse(l.folder.Settle, Settle) && !growing {
		l.leave(f)
		return nil
	}
	digest, done, err := l.inspect(ctx, root, f, quiet < patience && !growing)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		// Not remembered: a permission can change without the file.
		l.own.Gaps = append(l.own.Gaps, unreadable(f.path, err))
		return nil
	case !done:
		l.leave(f)
		return nil
	}
	kept := storage.File{Path: f.path, Size: f.size, ModTime: f.changed, Digest: digest, Read: now}
	if twin, ok := l.digests[digest]; ok {
		kept.Error = twin.Error
		l.keep(kept)
		return nil
	}
	return l.content(ctx, root, f, kept, growing, sink)
}

// content hands over the rows of a file.
func (l *Look) content(ctx context.Context, root *os.Root, f found, kept storage.File, growing bool, sink func([]detect.SignIn) error) error {
	var failed error // of sink
	marked := unnamed{path: f.path}
	report, err := export.Read(ctx, export.Input{
		Name: shown(f.path), Size: f.size,
		Open: func() (io.ReadCloser, error) { return root.Open(f.path) },
	}, export.Options{Whole: true}, func(rows []detect.SignIn) error {
		marked.mark(rows)
		failed = sink(rows)
		return failed
	})
	switch {
	case failed != nil:
		return failed
	case ctx.Err() != nil:
		return context.Cause(ctx)
	}
	if marked.rows > 0 {
		report.Notes = append(report.Notes, fmt.Sprintf("%d of its rows carry no id; one that stands in another file too counts twice", marked.rows))
	}
	info, gone := root.Stat(f.path)
	moved := gone == nil && stateOf(info) != f.state
	if moved || growing {
		// Its end may be half a row; what comes is read with the rest.
		report.Truncated = ""
	}
	if moved && !growing {
		l.leave(f)
		l.took(report, nil)
		return nil
	}
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		kept.Error = err.Error()
	}
	l.took(report, err)
	l.keep(kept)
	return nil
}

// took adds what a file's reading came to.
func (l *Look) took(r export.Report, err error) {
	var wrong *export.WrongTableError
	switch {
	case err == nil:
	case errors.As(err, &wrong) && (wrong.What == tables.AuthDetails || wrong.What == tables.PlainText):
		l.own.Notes = append(l.own.Notes, r.Name+" was left out: it holds "+wrong.What)
		return
	default:
		l.own.Gaps = append(l.own.Gaps, err.Error())
		if r.Rows == 0 {
			return
		}
	}
	l.reports = append(l.reports, r)
}

func (l *Look) keep(f storage.File) {
	l.folder.read(f.Path)
	l.remember(f)
	l.changed = append(l.changed, f)
}

func (l *Look) leave(f found) { l.left = append(l.left, f.path) }

// say puts into words what was left.
func (l *Look) say(outside int) {
	note := func(n int, one, many string, args ...any) {
		text := one
		if n != 1 {
			text = fmt.Sprintf("%d ", n) + many
		}
		if n > 0 {
			l.own.Notes = append(l.own.Notes, fmt.Sprintf(text, args...))
		}
	}
	note(len(l.left), "1 file is still being written and was left for later: %s", "files are still being written and were left for later: %s", named(l.left))
	note(outside, "1 link leads out of the folder and was not followed", "links lead out of the folder and were not followed")
}

// inspect gives the digest of a file and says whether it is whole, looking at
// its shape only where that is doubtful.
func (l *Look) inspect(ctx context.Context, root *os.Root, f found, doubtful bool) (digest string, done bool, err error) {
	file, err := root.Open(f.path)
	if err != nil {
		return "", false, err
	}
	defer func() { _ = file.Close() }()
	defer context.AfterFunc(ctx, func() { _ = file.Close() })()
	if doubtful {
		if done, err = whole(file, f.size); err != nil || !done {
			return "", false, err
		}
		if _, err = file.Seek(0, io.SeekStart); err != nil {
			return "", false, err
		}
	}
	digest, err = digestOf(file)
	return digest, true, err
}
