package chat

// Finding is one thing that a platform needs, and whether it is so.
type Finding struct {
	Name, Detail string
	// Err is why it does not work, with what to do; nil: it does.
	Err error
	// Warn says that it works, with something to look at.
	Warn bool
}
