package doctor

import (
	"fmt"
	"slices"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
)

// Named is a place that the configuration names, and under what.
type Named struct {
	Under string
	Place chat.Place
}

// NamedPlaces are the places of a configuration that hear of everything else.
func NamedPlaces(c config.Config) []Named {
	return []Named{{"admins", c.Fallback()}, {"people: help", c.People.HelpPlace()}}
}

// within holds the places on a platform that are named to the workspaces or servers
// in which the app is: what is sent elsewhere never arrives.
func within(platform, what string, there []string, named []Named) []chat.Finding {
	var all []chat.Finding
	for _, n := range named {
		if n.Place.Platform != platform {
			continue
		}
		f := chat.Finding{Name: n.Under, Detail: n.Place.String() + " is in a " + what + " in which the app is"}
		if !slices.Contains(there, n.Place.Workspace) {
			f.Err = fmt.Errorf("%s is in the %s %s, in which the app is not: it is in %s; write a place of one of these, or add the %s", n.Place, what, n.Place.Workspace, strings.Join(there, ", "), what)
		}
		all = append(all, f)
	}
	return all
}
