package slack

// Scope is a permission of the app and what it is for.
type Scope struct {
	Name string
	Why  string
}

// Scopes are what the app asks for, and all it needs.
func Scopes() []Scope {
	return []Scope{
		{"commands", "people type /legacyauth"},
		{"chat:write", "the bot posts and edits its own messages in channels it was invited into"},
		{"im:write", "the bot opens the direct message with a person"},
		{"users:read", "names, languages and time zones, so that times read right"},
		{"users:read.email", "finds the Slack account of a tenant's user by work address, and the other way round"},
		{"files:write", "charts, .reg files and profiles as files"},
	}
}

// Groups is the scope by which roles can be given to Slack's user groups. It is
// not among Scopes: without it roles go by person.
const Groups = "usergroups:read"

// History are the scopes by which the bot finds out whether a message arrived whose
// answer was lost. They let it read what others write, so they are not among
// Scopes: without them such a message is sent again, and may stand there twice.
func History() []string { return []string{"channels:history", "groups:history", "im:history"} }
