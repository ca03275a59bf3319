package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/signins"
)

// worded is an error in the words people read; the chain below stays.
type worded struct {
	error
	words string
}

func (w worded) Error() string { return w.words }
func (w worded) Unwrap() error { return w.error }

// inWords gives err the words of explained, and nil for nil.
func inWords(err error) error {
	if err == nil {
		return nil
	}
	return worded{err, explained(err)}
}

// explained gives an error's words, sentence by sentence: what happened, what to
// do, how far it came; then the code of its kind.
func explained(err error) string {
	if w, ok := errors.AsType[worded](err); ok {
		return w.words
	}
	text := err.Error()
	if stopped, ok := errors.AsType[*signins.StoppedError](err); ok {
		text = reason(stopped.Err) + " " + kept(stopped)
	}
	if code := entra.CodeOf(err); code != "" {
		text += " [" + string(code) + "]"
	}
	return text
}

// reason says why something ended early.
func reason(err error) string {
	if errors.Is(err, context.Canceled) || entra.CodeOf(err) == "" && !errors.Is(err, context.DeadlineExceeded) {
		return "Stopped before the end (" + strings.TrimPrefix(err.Error(), "context ") + ")."
	}
	return err.Error()
}

// kept says how far a scan came and what the same one does next time.
func kept(s *signins.StoppedError) string {
	switch {
	case s.Kept > 0:
		return fmt.Sprintf("%s of the time asked for is read and kept: the same command goes on from there.", share(s.Kept))
	case s.Share > 0:
		return fmt.Sprintf("It had read %s of the time asked for and kept nothing: the same command begins anew.", share(s.Share))
	}
	return "Nothing was read yet: the same command begins anew."
}

// share rounds down: what is under way is never said to be whole.
func share(of float64) string {
	if n := int(of * 100); n > 0 {
		return fmt.Sprintf("%d %%", n)
	}
	return "Less than 1 %"
}

// stoppedAt says, after Ctrl-C, which tenants have no answer and how to go on
// with those alone. Command is the program's word for what was stopped.
func stoppedAt(env *Env, command string, names []string) {
	flags := make([]string, len(names))
	for i, name := range names {
		if strings.Contains(name, " ") {
			name = "'" + name + "'"
		}
		flags[i] = " --tenant " + name
	}
	_, _ = fmt.Fprintf(env.Stderr, "legacyauth: stopped before %s was answered. To go on: legacyauth %s%s\n",
		strings.Join(names, ", "), command, strings.Join(flags, ""))
}
