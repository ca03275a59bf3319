package settings

// Answer says whether an item's title is true.
type Answer string

// The answers.
const (
	Yes        Answer = "yes"
	No         Answer = "no"
	CannotTell Answer = "cannot-tell"
)

// Severity says how much an answer matters to the migration.
type Severity string

// The severities, gravest first.
const (
	Problem Severity = "problem" // something does not work, or is open to guessers
	Warning Severity = "warning" // look at it before the next step
	Notice  Severity = "notice"  // worth knowing
	Fine    Severity = "fine"    // as it should be
)

// Item is one thing checked. Everything but ID, Answer, Severity and Playbook is
// text for people, in sentences; Subject and Evidence can hold outside text.
type Item struct {
	// ID names the check and never changes its meaning.
	ID string `json:"id"`
	// Title is a statement; Answer says whether it is true.
	Title string `json:"title"`
	// Subject tells items of one ID apart: a policy's name, a protocol.
	Subject  string   `json:"subject,omitempty"`
	Answer   Answer   `json:"answer"`
	Severity Severity `json:"severity"`
	Evidence []string `json:"evidence"`
	// Missing is what it takes to tell: a permission or a file. It is empty
	// unless Answer is CannotTell.
	Missing string `json:"missing,omitempty"`
	// Playbook is the id of the playbook that says what to do, or empty.
	Playbook string `json:"playbook,omitempty"`
	// Link is an address to open, or empty.
	Link string `json:"link,omitempty"`
}

// Unread says that the setting itself is not known. What was read and still answers
// neither yes nor no is not unread.
func (i Item) Unread() bool { return i.Answer == CannotTell && i.Missing != "" }

// unknown makes i an answer that cannot be given, for the reason f states.
func unknown[T any](i Item, f Fact[T], granted grants) Item {
	i.Answer, i.Severity = CannotTell, Warning
	switch {
	case f.Needs != "" && granted.surely(f.Needs):
		i.Evidence = append(i.Evidence, "It could not be read although "+f.Needs+" is granted: "+or(f.Why, "no reason was given")+".")
	case f.Needs != "":
		i.Missing = f.Needs
		if f.Why != "" {
			i.Evidence = append(i.Evidence, "It could not be read: "+f.Why+".")
		}
	case f.Why != "":
		i.Evidence = append(i.Evidence, "It could not be read: "+f.Why+".")
	default:
		i.Evidence = append(i.Evidence, "It was not read.")
	}
	return i
}

// when gives the answer and severity of a yes or no.
func (i Item) when(yes bool, ifYes, ifNo Severity) Item {
	if yes {
		i.Answer, i.Severity = Yes, ifYes
	} else {
		i.Answer, i.Severity = No, ifNo
	}
	return i
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
