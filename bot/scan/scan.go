// Package scan makes one pass over a tenant's sign-ins: from sources to
// clients, each with the playbook that fits and the date its protocol ends,
// under the coverage that was reached.
package scan

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"legacyauth/detect"
	"legacyauth/playbooks"
)

// Source gives the sign-ins of some files or of one tenant.
type Source interface {
	// SignIns hands every sign-in to sink, in batches that are valid only
	// during the call, and says what it read, part by part. An error means that
	// nothing of it is usable; a gap in a part means that it is, with something
	// missing.
	SignIns(ctx context.Context, sink func([]detect.SignIn) error) ([]detect.Part, error)
}

// Finding is a client with what to do about it.
type Finding struct {
	detect.Client
	Playbook *playbooks.Playbook
	// Deadline is when the client's protocol ends, the same one for many findings;
	// Dated is false and Deadline nil where no date is known, or where it does not
	// apply because no password is sent.
	Deadline *playbooks.Retirement
	Dated    bool
}

// Result is the answer of a scan.
type Result struct {
	Coverage detect.Coverage
	Findings []Finding
	// ListedOnly says that a source was asked for sign-ins with a listed legacy
	// client app only: that none was found says nothing of any other.
	ListedOnly bool
}

// Pass is one scan, ready to run.
type Pass struct {
	Sources []Source
	Window  detect.Window
	Library *playbooks.Library
	// Today is the day deadlines are counted from.
	Today time.Time
}

// Run reads every source and folds it. The first source that fails ends the
// scan: half an answer is no answer.
func (p Pass) Run(ctx context.Context) (Result, error) {
	fold := detect.NewFold(p.Window)
	var parts []detect.Part
	for _, source := range p.Sources {
		read, err := readAll(ctx, source, fold)
		if err != nil {
			return Result{}, fmt.Errorf("read sign-ins: %w", err)
		}
		parts = append(parts, read...)
	}
	return Result{
		Coverage:   detect.Cover(fold.Counts(), p.Window, parts),
		Findings:   p.findings(fold.Drain()),
		ListedOnly: slices.ContainsFunc(parts, func(part detect.Part) bool { return part.LegacyOnly }),
	}, nil
}

// Advise gives each client its playbook and deadline, counted from today.
func Advise(clients []detect.Client, library *playbooks.Library, today time.Time) []Finding {
	a := newAdviser(library, today)
	found := make([]Finding, len(clients))
	for i, c := range clients {
		found[i] = a.advised(c)
	}
	return found
}

// findings gives n clients what Advise gives, in the order of an answer.
func (p Pass) findings(n int, clients iter.Seq[detect.Client]) []Finding {
	a := newAdviser(p.Library, p.Today)
	found := make([]Finding, 0, n)
	for c := range clients {
		found = append(found, a.advised(c))
	}
	slices.SortFunc(found, func(a, b Finding) int { return a.Compare(&b.Client) })
	return found
}

// Since gives the window that begins d before now.
func Since(now time.Time, d time.Duration) detect.Window {
	if d == 0 {
		return detect.Window{}
	}
	return detect.Window{From: now.Add(-d)}
}
