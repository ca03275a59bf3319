package playbooks

import (
	"regexp"
	"sync"

	"legacyauth/playbooks/card"
)

var typable = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._@+-]*$`) })

// Typable says whether the name of an account may stand in a command that a person
// copies. A command takes a name that begins with a dash as an option, and one with
// any other mark may end the command.
func Typable(name string) bool { return typable().MatchString(name) && len(name) <= card.MaxValue }
