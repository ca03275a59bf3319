package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/bench"
	"legacyauth/playbooks/card"
)

// benchText prints a table for each file.
func benchText(env *Env, all []bench.Compared) error {
	for i, c := range all {
		if i > 0 {
			if _, err := io.WriteString(env.Stdout, "\n"); err != nil {
				return err
			}
		}
		head := fmt.Sprintf("%s: %s, %s. Of %s rows, %s are legacy sign-ins; groups: %s.",
			card.Clean(c.File.Path), benchSize(c.File.Bytes), benchShape(c.File), grouped(c.Rows), grouped(c.Legacy), grouped(int64(c.Groups)))
		if _, err := fmt.Fprintf(env.Stdout, "%s\n\n", head); err != nil {
			return err
		}
		if err := benchTable(c).Write(env.Stdout, env.Out); err != nil {
			return err
		}
		if _, err := io.WriteString(env.Stdout, "\n"+benchNotes(c)); err != nil {
			return err
		}
	}
	return nil
}

func benchShape(f bench.File) string {
	if f.Gzip {
		return f.Shape + ", gzip"
	}
	return f.Shape
}

func benchTable(c bench.Compared) terminal.Table {
	t := terminal.Table{
		Columns: []terminal.Column{
			{Head: "Program"},
			{Head: "Time", Align: terminal.Right},
			{Head: "CPU", Align: terminal.Right},
			{Head: "MB/s", Align: terminal.Right},
			{Head: "Memory", Align: terminal.Right},
			{Head: "Ratio", Align: terminal.Right},
			{Head: "Answer", Weight: 1, Min: 12},
		},
		Groups: make([]terminal.Group, 1),
	}
	own := c.Programs[0]
	for i, m := range c.Programs {
		cells := []string{m.Name, "", "", "", "", "", "the same"}
		switch {
		case m.Not != "":
			cells[6] = m.Not
		default:
			seconds := m.Took.Seconds()
			cells[1] = fmt.Sprintf("%.2f s", seconds)
			cells[2] = fmt.Sprintf("%.2f s", m.Processor.Seconds())
			cells[3] = grouped(int64(float64(c.File.Bytes) / 1e6 / seconds))
			cells[4] = benchMemory(m.Peak)
			cells[5] = fmt.Sprintf("%.1f", seconds/own.Took.Seconds())
		}
		if i == 0 {
			cells[6] = ""
		}
		if len(m.Differences) > 0 {
			cells[6] = "differs, see below"
		}
		row := make([][]card.Span, len(cells))
		for n, cell := range cells {
			row[n] = []card.Span{card.Value(cell)}
		}
		t.Groups[0].Rows = append(t.Groups[0].Rows, row)
	}
	return t
}

// benchMemory is a peak; one that cannot be told from this process's own is said
// to be at most that.
func benchMemory(peak int64) string {
	switch {
	case peak == 0:
		return "–"
	case peak <= bench.Floor():
		return "≤ " + benchSize(peak)
	}
	return benchSize(peak)
}

func benchSize(bytes int64) string {
	switch {
	case bytes < 1e5:
		return fmt.Sprintf("%.1f KB", float64(bytes)/1e3)
	case bytes < 9.5e6:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	}
	return grouped(bytes/1e6) + " MB"
}

// grouped is a number with a comma before each three digits.
func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}

// benchNotes says what the table does not hold.
func benchNotes(c bench.Compared) string {
	var notes strings.Builder
	for _, m := range c.Programs {
		for _, d := range m.Differences {
			_, _ = fmt.Fprintf(&notes, "%s differs: %s\n", m.Name, card.Clean(d))
		}
	}
	switch {
	case len(c.Programs) == 1:
		_, _ = fmt.Fprintf(&notes, "There is nothing to compare with: none of %s is installed. Install one and ask again.\n", strings.Join(c.Missing, ", "))
		return notes.String()
	case len(c.Missing) > 0:
		_, _ = fmt.Fprintf(&notes, "Not installed, so not asked: %s.\n", strings.Join(c.Missing, ", "))
	}
	notes.WriteString("Ratio says how many times as long as legacyauth a program took; CPU is the time of all processors together.\n")
	return notes.String()
}

// The JSON of a comparison only ever grows.
type benchFile struct {
	File     string         `json:"file"`
	Bytes    int64          `json:"bytes"`
	Shape    string         `json:"shape"`
	Gzip     bool           `json:"gzip"`
	Rows     int64          `json:"rows"`
	Legacy   int64          `json:"legacy"`
	Groups   int            `json:"groups"`
	Equal    bool           `json:"equal"`
	Programs []benchProgram `json:"programs"`
	Missing  []string       `json:"missing"`
}

type benchProgram struct {
	Name        string   `json:"name"`
	Seconds     float64  `json:"seconds,omitempty"`
	Processor   float64  `json:"processorSeconds,omitempty"`
	Rate        float64  `json:"bytesPerSecond,omitempty"`
	Peak        int64    `json:"peakBytes,omitempty"`
	Ratio       float64  `json:"ratio,omitempty"`
	Not         string   `json:"notAsked,omitempty"`
	Differences []string `json:"differences,omitempty"`
}

func benchFiles(all []bench.Compared) []benchFile {
	files := make([]benchFile, 0, len(all))
	for _, c := range all {
		f := benchFile{
			File: c.File.Path, Bytes: c.File.Bytes, Shape: c.File.Shape, Gzip: c.File.Gzip, Rows: c.Rows, Legacy: c.Legacy,
			Groups: c.Groups, Equal: c.Equal(), Missing: append([]string{}, c.Missing...),
		}
		own := c.Programs[0].Took.Seconds()
		for _, m := range c.Programs {
			b := benchProgram{Name: m.Name, Not: m.Not, Differences: m.Differences}
			if m.Not == "" {
				b.Seconds, b.Processor, b.Peak = m.Took.Seconds(), m.Processor.Seconds(), m.Peak
				b.Rate, b.Ratio = float64(c.File.Bytes)/b.Seconds, b.Seconds/own
			}
			f.Programs = append(f.Programs, b)
		}
		files = append(files, f)
	}
	return files
}
