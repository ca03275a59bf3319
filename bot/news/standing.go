package news

import (
	"legacyauth/detect"
	"legacyauth/detect/migration"
)

// tokens says whether a client sends a token over a legacy protocol that takes
// tokens: there is nothing to move.
func tokens(c detect.Client) bool {
	return c.Auth.Kind == detect.Token && c.Protocol != detect.EWS
}

// tellable says whether somebody hears of a client by itself: not of guesses,
// which are one line, and not of what has nothing to move.
func tellable(c detect.Client) bool {
	return c.Verdict == detect.Leaked || c.Verdict != detect.Spray && !tokens(c)
}

// moves says whether a client still has to move, by its sign-ins.
func moves(c detect.Client) bool {
	return c.Verdict == detect.Leaked || tellable(c) && c.Protocol != detect.Unknown
}

// settled says whether a client has moved, by its state.
func settled(s migration.State) bool {
	return s == migration.Verified || s == migration.Closed
}

// severity says how soon somebody should look at a client.
func severity(c detect.Client) Severity {
	switch {
	case c.Verdict == detect.Leaked:
		return Urgent
	case tokens(c), c.Protocol == detect.Unknown:
		return Low
	case c.Verdict == detect.InUse:
		return High
	}
	return Medium
}
