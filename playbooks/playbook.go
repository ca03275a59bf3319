package playbooks

import (
	"time"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// Audience is who can do the steps of a playbook.
type Audience string

// The audiences.
const (
	Person Audience = "person" // whoever uses the device
	Admin  Audience = "admin"
)

// Playbook is how one kind of client is moved. It comes from a Library and does
// not change.
type Playbook struct {
	// ID is the file's name without .md and never changes its meaning.
	ID    string
	Title string
	For   Audience

	// Families and Protocols that it is for; empty means every one.
	Families  []useragent.Family
	Protocols []detect.Protocol
	// Versions narrows it to some versions of the device's system or program.
	Versions Versions
	// Verdicts that it is for; never empty.
	Verdicts []detect.Verdict
	// Authentication narrows it to what is sent; empty means whatever it is.
	Authentication []detect.AuthKind
	// Disabled narrows it to accounts that are disabled ("accounts: disabled").
	Disabled bool
	// Rank decides between playbooks that match one client; the highest wins.
	Rank int
	// Topic marks a how-to that no client is matched with.
	Topic bool
	// Retirement is the id of a calendar entry, or empty. It counts where no
	// client, or none with a date of its own, says what is counted down to.
	Retirement string

	// Reviewed and ReviewBy are days, as midnight UTC. After ReviewBy the
	// playbook is stale.
	Reviewed, ReviewBy time.Time

	Files   []File
	See     []string // ids of related playbooks
	Sources []Source

	// content is what stands below the front matter and in its files; the built-in
	// library reads it when it is asked for.
	content  func() *content
	dates    []mention   // calendar entries that the text asks for
	file     string      // where it was read, for messages
	lines    map[ref]int // where it names something else
	calendar calendar
	titles   map[string]string // of the playbooks in See
}

// content is what a playbook says.
type content struct {
	sections     []section
	files        map[string][]byte      // by name
	translations map[string]translation // by language, without English
}

// File is something that a playbook hands out; its content comes from
// Playbook.File.
type File struct {
	Name  string
	About string // what it does, as the end of a sentence
	data  []byte // of a script
}

// Source is where the facts of a playbook stand.
type Source struct {
	Title, URL string
	Checked    time.Time // day, midnight UTC
}

// ref is a mention of something outside the playbook's own file.
type ref struct{ field, id string }
