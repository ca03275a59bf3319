package chat

import "fmt"

// Form is a dialog that asks for a few fields. Filling it in makes a Request
// with its ID pressed and its Fields. The limits are the platforms' least:
// Discord's five fields, Slack's 24-character title
// (https://docs.slack.dev/reference/views/modal-views,
// https://discord.com/developers/docs/components/reference, read 2026-11-22).
type Form struct {
	ID     Press
	Title  string // at most MaxFormTitle characters
	Intro  string // one paragraph above the fields; may be empty
	Submit string // the button's label; empty: "Send"
	Fields []Field
}

// The limits of a form.
const (
	MaxFormTitle  = 24
	MaxFormFields = 5
	MaxFieldLabel = 45
	MaxChoices    = 25
)

// Field is one thing to fill in.
type Field struct {
	Name     string // key in Request.Fields
	Label    string // at most MaxFieldLabel characters
	Hint     string // an example of what to write; may be empty
	Value    string // what it holds at first
	Optional bool
	Long     bool     // several lines
	Choices  []Choice // pick one of these; none: free text
}

// Check says which limit a form breaks.
func (f Form) Check() error {
	if err := f.ID.Check(); err != nil {
		return fmt.Errorf("form: %w", err)
	}
	if n := len([]rune(f.Title)); n == 0 || n > MaxFormTitle {
		return fmt.Errorf("form %s: title of %d characters, want 1 to %d", f.ID, n, MaxFormTitle)
	}
	if n := len(f.Fields); n == 0 || n > MaxFormFields {
		return fmt.Errorf("form %s: %d fields, want 1 to %d", f.ID, n, MaxFormFields)
	}
	names := map[string]bool{}
	for _, field := range f.Fields {
		switch n := len([]rune(field.Label)); {
		case !isName(field.Name) || names[field.Name]:
			return fmt.Errorf("form %s: field name %q is empty, not lower-case letters, or there twice", f.ID, field.Name)
		case n == 0 || n > MaxFieldLabel:
			return fmt.Errorf("form %s: label of field %s has %d characters, want 1 to %d", f.ID, field.Name, n, MaxFieldLabel)
		case len(field.Choices) > MaxChoices:
			return fmt.Errorf("form %s: field %s has %d choices, at most %d", f.ID, field.Name, len(field.Choices), MaxChoices)
		}
		names[field.Name] = true
	}
	return nil
}
