package logfile

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"legacyauth/adapters/chat"
)

// Log sends to files. It is an Updater and a Finder, and writes no message
// twice: one whose key stands in the file already is not written again. It is
// safe for use by several goroutines and processes.
type Log struct {
	dir string
	now func() time.Time
	one chan struct{} // holds one token: writers of this process take turns
}

// New gives a Log. Places with a relative path are taken from dir; empty means
// the working directory. now is the clock of the lines; nil is time.Now.
func New(dir string, now func() time.Time) *Log {
	if now == nil {
		now = time.Now
	}
	return &Log{dir: dir, now: now, one: make(chan struct{}, 1)}
}

// Place is the place of a file.
func Place(path string) chat.Place { return chat.Place{Platform: chat.LogFile, Channel: path} }

// Send appends the message. The Ref is its key.
func (l *Log) Send(ctx context.Context, m chat.Message) (chat.Ref, error) {
	if err := check(m); err != nil {
		return "", err
	}
	return chat.Ref(m.Key), l.append(ctx, newLine(l.now(), m), l.path(m.To))
}

// Update appends the new text of the message, since lines of a log do not
// change. Nothing is looked up: the message may be in a file long gone.
func (l *Log) Update(ctx context.Context, at chat.Ref, m chat.Message) error {
	if err := check(m); err != nil {
		return err
	}
	line := newLine(l.now(), m)
	line.Changes = string(at)
	return l.append(ctx, line, l.path(m.To))
}

// Find looks for the key in the last megabytes of the file and of the newest
// one that was renamed away from it.
func (l *Log) Find(ctx context.Context, m chat.Message) (chat.Ref, bool, error) {
	if err := check(m); err != nil {
		return "", false, err
	}
	if err := chat.Canceled(ctx); err != nil {
		return "", false, err
	}
	found, err := find(l.path(m.To), m.Key)
	if err != nil {
		return "", false, fmt.Errorf("look through the log: %w", explain(err))
	}
	if !found {
		return "", false, nil
	}
	return chat.Ref(m.Key), true, nil
}

func check(m chat.Message) error {
	if err := m.Check(); err != nil {
		return err
	}
	if m.To.Platform != chat.LogFile {
		return fmt.Errorf("message %s: %s is no log file", m.Key, m.To)
	}
	return nil
}

func (l *Log) path(p chat.Place) string {
	if filepath.IsAbs(p.Channel) {
		return filepath.Clean(p.Channel)
	}
	return filepath.Join(l.dir, p.Channel)
}

// append writes the line unless its key stands there already.
func (l *Log) append(ctx context.Context, line Line, path string) error {
	raw, err := line.bytes()
	if err != nil {
		return fmt.Errorf("write the log line: %w", err)
	}
	if err := chat.Canceled(ctx); err != nil {
		return err
	}
	select {
	case l.one <- struct{}{}:
		defer func() { <-l.one }()
	case <-ctx.Done():
		return chat.Canceled(ctx)
	}
	f, err := open(ctx, path)
	if err != nil {
		return fmt.Errorf("open the log: %w", explain(notWritten{err}))
	}
	defer func() { _ = f.Close() }() // the line is on the disk or an error was given
	h := handle{f}
	if err := mend(h); err != nil {
		return fmt.Errorf("mend the log: %w", explain(notWritten{err}))
	}
	there, err := find(path, line.Key)
	if err != nil {
		return fmt.Errorf("look through the log: %w", explain(notWritten{err}))
	}
	if there {
		return nil
	}
	if err := write(h, raw); err != nil {
		return fmt.Errorf("write to the log: %w", explain(err))
	}
	return nil
}
