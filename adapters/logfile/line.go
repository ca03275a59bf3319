package logfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// Line is one message, or one change of a message, as it stands in the file.
// Fields may be added in later versions; none changes its meaning.
type Line struct {
	Time  time.Time `json:"time"`  // when it was written
	Key   string    `json:"key"`   // of the message; the same key is the same message
	Place string    `json:"place"` // this file, as the configuration names it
	Tone  card.Tone `json:"tone,omitempty"`
	Title string    `json:"title"` // names nobody
	Text  string    `json:"text"`  // the whole card as plain text, with line feeds
	// Changes is the key of the earlier message that this one is the new text of.
	Changes string `json:"changes,omitempty"`
	// Under is the key of the message that this one is a reply to.
	Under string `json:"under,omitempty"`
	// Replaces is the key of the message that this one takes the place of.
	Replaces string `json:"replaces,omitempty"`
}

// opening is how every line begins; it tells a torn line of ours from a file of
// somebody else's.
const opening = `{"time":"`

// maxLine is more than the longest line: limits.Total runes of text, each at
// most six bytes once escaped, with the rest of the line.
const maxLine = 256 << 10

// limits keep a line to what a program that ships logs takes.
var limits = card.Limits{Title: 200, Fallback: 200, Total: 12000}

func newLine(at time.Time, m chat.Message) Line {
	// Who reads the file works on this machine.
	named := chat.Named(m.Card, func(words string) string { return chat.Typed(chat.LogFile, words) })
	fitted, _ := chat.Fit(named, limits)
	return Line{
		Time: at.UTC(), Key: m.Key, Place: m.To.String(), Tone: fitted.Tone, Title: chat.Line(fitted),
		Text: chat.Plain(fitted) + leftOut(m.Files), Under: string(m.Under), Replaces: m.Replaces,
	}
}

// leftOut says which files a log cannot hold.
func leftOut(files []chat.File) string {
	if len(files) == 0 {
		return ""
	}
	return "\n\nFiles that do not fit into a log: " + chat.FileList(files)
}

// bytes is the line with its line feed. It holds no other control character.
func (l Line) bytes() ([]byte, error) {
	raw, err := json.Marshal(l)
	if err != nil {
		return nil, err
	}
	return append(raw, '\n'), nil
}

// Parse reads a line of a log, with or without its line feed. Fields that it
// does not know are left out.
func Parse(raw []byte) (Line, error) {
	var l Line
	if len(raw) > maxLine {
		return l, fmt.Errorf("log line of %d bytes is longer than %d", len(raw), maxLine)
	}
	if err := json.Unmarshal(bytes.TrimSuffix(raw, []byte("\n")), &l); err != nil {
		return Line{}, fmt.Errorf("log line: %w", err)
	}
	if l.Key == "" || l.Time.IsZero() {
		return Line{}, errors.New("log line without a key or a time: not written by legacyauth")
	}
	return l, nil
}
