package chat

// The platforms that are no chat: places on this machine, without workspaces,
// threads or people. What follows the colon in their text is the channel as it
// stands, so that a path needs no escape.
const (
	LogFile  = "logfile"
	Terminal = "terminal"
)

// Place is where a message goes: a channel, a thread in it, or a person.
// Exactly one of Channel and Person is set. Places are comparable; two that are
// equal are the same place.
type Place struct {
	Platform  string
	Workspace string // empty where the platform has none
	Channel   string // the platform's id of the channel, or the path of a log file
	Person    string // the platform's id of the person, for a direct message
	Thread    string // the platform's id of the thread; empty: not in a thread
}

// Personal says whether only one person reads the place. Names and addresses
// stand in personal places only.
func (p Place) Personal() bool { return p.Person != "" }

// IsZero says whether no place is named.
func (p Place) IsZero() bool { return p == Place{} }
