package card

// Tone says how a card is meant; renderers give it a word or a color, never a
// color alone.
type Tone string

// The tones.
const (
	Info    Tone = "info"
	Success Tone = "success"
	Warning Tone = "warning"
	Danger  Tone = "danger"
)

// Word says the tone in one word, for renderers that put it before the title;
// it is empty for Info and for a tone that is not one of these.
func (t Tone) Word() string {
	switch t {
	case Success:
		return "Done"
	case Warning:
		return "Warning"
	case Danger:
		return "Urgent"
	}
	return ""
}

// Card is one neutral message.
type Card struct {
	Title  []Span
	Tone   Tone
	Blocks []Block
	// Actions are the buttons, most important first; none for a plain message.
	Actions []Action
	// Fallback is one plain line for notifications and screens that cannot show
	// the rest. It never holds a person's name.
	Fallback string
}

// Block is one of Heading, Para, List, Facts, Code, Progress, Table, Entry.
type Block interface{ block() }

// Heading opens a part of the card.
type Heading struct{ Text []Span }

// Para is one paragraph.
type Para struct{ Spans []Span }

// List is a list of items; Ordered lists are numbered from 1.
type List struct {
	Ordered bool
	Items   [][]Block
}

// Facts are pairs of a name and a value, shown aligned.
type Facts struct{ Pairs []Fact }

// Fact is one line of Facts.
type Fact struct {
	Name  string
	Value []Span
}

// Code is text to copy, shown as it is. Lang is a hint ("powershell", "reg",
// "xml"); empty is plain text.
type Code struct{ Lang, Text string }

// Progress is a bar of Done out of Total with words beside it, so that it reads
// without the bar.
type Progress struct {
	Done, Total int
	Label       string
}

// Table has a head and rows of equal length.
type Table struct {
	Head []string
	Rows [][][]Span
}

// Entry is one thing among several that a person can choose from, such as a
// client on a page of them.
type Entry struct {
	Text []Span
	Note []Span // a quieter second line; may be empty
	// Menu is what can be done about it: one action is a button beside the text,
	// more are a menu. A place without buttons leaves it out.
	Menu []Action
	// Ask is what a menu says while nothing is chosen; empty: the place's own words.
	Ask string
}

func (Heading) block()  {}
func (Para) block()     {}
func (List) block()     {}
func (Facts) block()    {}
func (Code) block()     {}
func (Progress) block() {}
func (Table) block()    {}
func (Entry) block()    {}

// Action is a button. ID carries verb, subject and revision.
type Action struct {
	ID, Label string
	Style     Tone
	// Confirm is one sentence that somebody has to agree to before the button
	// does anything, with the count of what it does to ("Message 40 people now?");
	// empty for most buttons. A place that cannot ask leaves that to the bot.
	Confirm string
}
