package detect

// AuthKind says what a legacy sign-in really carried. Legacy is not the same
// as basic: ActiveSync, IMAP, POP and SMTP can carry a token.
type AuthKind string

// The kinds of authentication behind a legacy protocol.
const (
	Basic       AuthKind = "basic"   // the password itself
	Token       AuthKind = "token"   // OAuth: legacy protocol, modern authentication
	AuthUnknown AuthKind = "unknown" // the log does not tell
)

// Auth is what a client authenticates with and what says so.
type Auth struct {
	Kind     AuthKind
	Evidence []string
}
