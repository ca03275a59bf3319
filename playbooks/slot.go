package playbooks

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// slot is a placeholder: {{user}} in a playbook is the slot "user".
type slot string

const (
	slotUser     slot = "user"     // the account's address
	slotName     slot = "name"     // the person's name
	slotDevice   slot = "device"   // the device in words
	slotModel    slot = "model"    // its model
	slotOS       slot = "os"       // its operating system
	slotVersion  slot = "version"  // of its system or program
	slotProtocol slot = "protocol" // the protocol's name
	slotApp      slot = "app"      // the application as the log names it
	slotFirst    slot = "first"    // day of the first sign-in seen
	slotLast     slot = "last"     // day of the last sign-in seen
	slotNetwork  slot = "network"  // the address it mostly signs in from
	slotCountry  slot = "country"  // that address's country, two letters
	slotSignIns  slot = "signins"  // how many sign-ins were seen
	slotRetires  slot = "retires"  // when it ends, in the calendar's words
	slotDays     slot = "days"     // how far away that is: "39 days left"
	slotContact  slot = "contact"  // who runs the program
)

// slotDate begins a slot for when an entry of the calendar comes, in the
// calendar's words: {{date:ews-retirement}} is the slot "date:ews-retirement".
const slotDate = "date:"

// entry gives the id of the calendar entry that a slot asks for, if it does.
func (s slot) entry() (string, bool) { return strings.CutPrefix(string(s), slotDate) }

func slots() []slot {
	return []slot{
		slotUser, slotName, slotDevice, slotModel, slotOS, slotVersion, slotProtocol, slotApp,
		slotFirst, slotLast, slotNetwork, slotCountry, slotSignIns, slotRetires, slotDays, slotContact,
	}
}

// userMark is the only placeholder that may stand in code.
const userMark = "{{user}}"

var (
	slotForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\{\{([a-z]+|date:[a-z0-9]+(?:-[a-z0-9]+)*)\}\}`) })
	// codeForm is wider, so that a mistyped placeholder in code is found, and
	// narrow enough to leave the braces of scripts alone.
	codeForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{\{\s*[A-Za-z_-]+(:[A-Za-z0-9_-]*)?\s*\}\}`) })
)

// code reports placeholders that cannot stand in code.
func (r *report) code(line int, text string) {
	for _, mark := range codeForm().FindAllStringIndex(text, -1) {
		if name := text[mark[0]:mark[1]]; name != userMark {
			r.add(line+strings.Count(text[:mark[0]], "\n"), "use {{user}} or plain words", "placeholder %s cannot stand in code", name)
		}
	}
}

// mention is an id that stands in a playbook's text.
type mention struct {
	id   string
	line int
}

// slot reads the placeholder at the start of text and gives its length, also
// after reporting that it is none.
func (b *body) slot(text []byte, offset int) (slot, int) {
	line := b.lineAt(offset)
	found := slotForm().FindSubmatch(text)
	if found == nil {
		b.add(line, `write {{name}} with small letters, or \{{ for two braces`, "a placeholder is not well formed")
		return "", 2
	}
	name := slot(found[1])
	if id, ok := name.entry(); ok {
		b.dates = append(b.dates, mention{id, line})
		return name, len(found[0])
	}
	if !slices.Contains(slots(), name) {
		known := make([]string, 0, len(slots())+1)
		for _, s := range slots() {
			known = append(known, string(s))
		}
		b.add(line, oneOf(string(name), append(known, slotDate+"ID")), "unknown placeholder {{%s}}", name)
		return "", len(found[0])
	}
	return name, len(found[0])
}
