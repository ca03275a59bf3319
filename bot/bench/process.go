package bench

import (
	"bytes"
	"context"
	"os/exec"
	"strings"
	"time"
	"unicode"
)

// Run is one run of a program.
type Run struct {
	Took time.Duration
	// Processor is the time of all processors together.
	Processor time.Duration
	// Peak is its largest memory in bytes; 0 where the system does not tell.
	Peak int64
}

// start runs a program to its end and gives what it printed.
func start(ctx context.Context, program string, arguments ...string) (out []byte, run Run, err error) {
	cmd := exec.CommandContext(ctx, program, arguments...) //nolint:gosec // found on the PATH by a fixed name, and asked by fixed words
	var printed, complained bytes.Buffer
	cmd.Stdout, cmd.Stderr = &printed, &complained
	began := time.Now()
	err = cmd.Run()
	run.Took = time.Since(began)
	if cmd.ProcessState != nil {
		run.Peak = peak(cmd.ProcessState)
		run.Processor = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	if ctx.Err() != nil {
		return nil, run, context.Cause(ctx)
	}
	if err != nil {
		return nil, run, &failure{complained.String(), err}
	}
	return printed.Bytes(), run, nil
}

// failure is a run that ended badly.
type failure struct {
	complaint string // all of it
	cause     error
}

// Error gives the first line of what the program complained about.
func (f *failure) Error() string {
	if words := firstLine(f.complaint); words != "" {
		return "it failed: " + words
	}
	return "it failed: " + f.cause.Error()
}

// Unwrap gives how it ended.
func (f *failure) Unwrap() error { return f.cause }

// longestComplaint is how much of what a program complains about is told: it may
// quote the log.
const longestComplaint = 120

func firstLine(text string) string {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(strings.Map(func(r rune) rune {
			if !unicode.IsPrint(r) {
				return ' '
			}
			return r
		}, line))
		if line == "" {
			continue
		}
		if runes := []rune(line); len(runes) > longestComplaint {
			line = string(runes[:longestComplaint]) + "…"
		}
		return line
	}
	return ""
}
