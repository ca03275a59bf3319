package cli

import "legacyauth/adapters/chat"

// refusal gives the exit code of an answer that is not what was asked for, as an
// error; nil: it is. A form cannot be filled in here: the words were too few.
func refusal(a chat.Answer) error {
	switch {
	case a.Form != nil || a.Wrong != nil || a.Outcome == chat.Misasked:
		return exit(ExitUsage)
	case a.Outcome != chat.Answered:
		return exit(ExitError)
	}
	return nil
}
