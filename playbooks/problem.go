package playbooks

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Problem is one thing wrong with a playbook or calendar: where it stands, what
// it is and what to do about it.
type Problem struct {
	File string
	// Line counts from 1; 0 stands for the file as a whole.
	Line     int
	What, Do string
}

// Error gives "file:line: what; do".
func (p *Problem) Error() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s; %s", p.File, p.What, p.Do)
	}
	return fmt.Sprintf("%s:%d: %s; %s", p.File, p.Line, p.What, p.Do)
}

// report collects the problems of one file.
type report struct {
	file     string
	problems []*Problem
}

func (r *report) add(line int, do, what string, args ...any) {
	r.problems = append(r.problems, &Problem{File: r.file, Line: line, What: fmt.Sprintf(what, args...), Do: do})
}

// listed gives problems as errors, by file and line.
func listed(problems []*Problem) []error {
	problems = slices.Clone(problems)
	slices.SortStableFunc(problems, func(a, b *Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	errs := make([]error, len(problems))
	for i, p := range problems {
		errs[i] = p
	}
	return errs
}

func joined(problems []*Problem) error { return errors.Join(listed(problems)...) }
