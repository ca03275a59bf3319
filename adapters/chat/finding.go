package chat

// Finding is one thing that a platform needs, and whether it is so.
type Finding struct {
	Name, Detail string
	// Err is why it does not work, with what to do; nil: it does.
	Err error
	// Warn says that it works, with something to look at.
	Warn bool
	// Workspace is the one in which the bot is, beside its token; empty beside
	// everything else and for a whole organization.
	Workspace string
}
