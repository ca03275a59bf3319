package chat

// Person is somebody on a platform. People are compared by Who, never by name.
type Person struct {
	Platform  string // "slack", "discord", "terminal"
	Workspace string // Slack's team or Discord's server; empty where there is none
	ID        string // the platform's own id, which is never given to somebody else
	Name      string // as the platform shows it; outside text, may be empty
	Email     string // empty where the platform does not tell
	Locale    string // a BCP 47 tag such as "de-CH"; empty: not known
	Zone      string // an IANA name such as "Europe/Berlin"; empty: not known
}

// Who identifies the person in state, roles and the audit trail, as
// "slack:T1:@U2". It holds no name and no address.
func (p Person) Who() string { return p.Direct().String() }

// Same says whether two records are of one person.
func (p Person) Same(o Person) bool { return p.Direct() == o.Direct() }

// Direct is the place where only this person and the bot are.
func (p Person) Direct() Place {
	return Place{Platform: p.Platform, Workspace: p.Workspace, Person: p.ID}
}
