package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"legacyauth/bot/scan"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// The types below are the JSON of a scan, documented in scan.schema.json. They
// only ever grow: a name that stands here keeps its meaning.

// Scan is the answer of a scan.
type Scan struct {
	Coverage Coverage `json:"coverage"`
	Spray    *Spray   `json:"spray,omitempty"`
	Clients  []Client `json:"clients"`
}

// Coverage is what the scan really read.
type Coverage struct {
	Complete       bool   `json:"complete"`
	From           string `json:"from"`
	To             string `json:"to"`
	Read           int64  `json:"read"`
	Legacy         int64  `json:"legacy"`
	Unknown        int64  `json:"unknown"`
	Skipped        int64  `json:"skipped"`
	Duplicates     int64  `json:"duplicates"`
	Conflicting    int64  `json:"conflicting"`
	Outside        int64  `json:"outside"`
	Foreign        int64  `json:"foreign"`
	Applications   int64  `json:"applications"`
	Interactive    bool   `json:"interactive"`
	NonInteractive bool   `json:"nonInteractive"`
	// ListedOnly stands only where it is true.
	ListedOnly bool     `json:"listedOnly,omitempty"`
	Notes      []string `json:"notes"`
}

// Client is one client.
type Client struct {
	Key             string         `json:"key"`
	Tenant          string         `json:"tenant"`
	User            User           `json:"user"`
	Protocol        string         `json:"protocol"`
	Authentication  Authentication `json:"authentication"`
	Device          Device         `json:"device"`
	Verdict         string         `json:"verdict"`
	Why             string         `json:"why"`
	AccountDisabled bool           `json:"accountDisabled"`
	First           string         `json:"first"`
	Last            string         `json:"last"`
	SignIns         SignIns        `json:"signIns"`
	Networks        []Network      `json:"networks"`
	Agents          []string       `json:"agents"`
	Apps            []string       `json:"apps"`
	Events          []string       `json:"events"`
	ReportOnly      []string       `json:"reportOnly"`
	Deadline        string         `json:"deadline"`
	Playbook        string         `json:"playbook"`
}

// User is the account of a client.
type User struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Display string `json:"display"`
}

// Authentication says what is sent: basic, ropc, token or unknown.
type Authentication struct {
	Kind     string   `json:"kind"`
	Evidence []string `json:"evidence"`
}

// Device is what the client is.
type Device struct {
	Family     string   `json:"family"`
	Model      string   `json:"model"`
	OS         string   `json:"os"`
	Version    string   `json:"version"`
	Confidence string   `json:"confidence"`
	Evidence   []string `json:"evidence"`
}

// SignIns counts sign-ins by outcome.
type SignIns struct {
	Total     int `json:"total"`
	Succeeded int `json:"succeeded"`
	Blocked   int `json:"blocked"`
	Failed    int `json:"failed"`
}

// Network is an address with its share of the sign-ins.
type Network struct {
	Address string `json:"address"`
	Country string `json:"country"`
	Count   int    `json:"count"`
	City    string `json:"city"`
}

// JSON writes the scan as one indented document, client by client, so that a
// hundred thousand of them need no memory twice.
func JSON(w io.Writer, r scan.Result) error {
	out := bufio.NewWriter(w)
	if err := writeScan(out, r); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

func writeScan(out *bufio.Writer, r scan.Result) error {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	// value writes one value, whose further lines begin with prefix.
	value := func(v any, prefix string) error {
		text.Reset()
		enc.SetIndent(prefix, "  ")
		if err := enc.Encode(v); err != nil {
			return err
		}
		_, err := out.Write(bytes.TrimSuffix(text.Bytes(), []byte("\n")))
		return err
	}
	_, _ = out.WriteString("{\n  \"coverage\": ")
	if err := value(covered(r), "  "); err != nil {
		return err
	}
	if s := SprayOf(r.Findings); s.Attempts > 0 {
		_, _ = out.WriteString(",\n  \"spray\": ")
		if err := value(s, "  "); err != nil {
			return err
		}
	}
	_, _ = out.WriteString(",\n  \"clients\": [")
	for i, f := range r.Findings {
		separator := ",\n    "
		if i == 0 {
			separator = "\n    "
		}
		_, _ = out.WriteString(separator)
		if err := value(client(f), "    "); err != nil {
			return err
		}
	}
	end := "\n  ]\n}\n"
	if len(r.Findings) == 0 {
		end = "]\n}\n"
	}
	_, err := out.WriteString(end)
	return err
}

// NDJSON writes one line for the coverage, {"coverage":…,"spray":…}, and one per
// client.
func NDJSON(w io.Writer, r scan.Result) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	first := struct {
		Coverage Coverage `json:"coverage"`
		Spray    *Spray   `json:"spray,omitempty"`
	}{Coverage: covered(r)}
	if s := SprayOf(r.Findings); s.Attempts > 0 {
		first.Spray = &s
	}
	if err := enc.Encode(first); err != nil {
		return fmt.Errorf("write NDJSON: %w", err)
	}
	for _, f := range r.Findings {
		if err := enc.Encode(client(f)); err != nil {
			return fmt.Errorf("write NDJSON: %w", err)
		}
	}
	return nil
}

func document(r scan.Result) Scan {
	doc := Scan{Coverage: covered(r), Clients: make([]Client, len(r.Findings))}
	for i, f := range r.Findings {
		doc.Clients[i] = client(f)
	}
	if s := SprayOf(r.Findings); s.Attempts > 0 {
		doc.Spray = &s
	}
	return doc
}

// CoverageOf gives the JSON of a coverage, the same in every command.
func CoverageOf(c detect.Coverage) *Coverage {
	j := coverage(c)
	return &j
}

// covered is the coverage of a scan's answer.
func covered(r scan.Result) Coverage {
	c := coverage(r.Coverage)
	c.ListedOnly = r.ListedOnly
	return c
}

func coverage(c detect.Coverage) Coverage {
	n := c.Counts
	return Coverage{
		Complete: c.Complete, From: stamp(c.From), To: stamp(c.To),
		Read: n.Read, Legacy: n.Legacy, Unknown: n.Unknown, Skipped: c.Skipped, Duplicates: n.Duplicates, Conflicting: n.Conflicting,
		Outside: n.Outside, Foreign: n.Foreign, Applications: n.Applications,
		Interactive: c.Interactive, NonInteractive: c.NonInteractive, Notes: list(c.Notes),
	}
}

func client(f scan.Finding) Client {
	c := Client{
		Key: f.Key, Tenant: f.Tenant,
		User:           User{ID: f.User.ID, Name: f.User.Name, Display: f.User.Display},
		Protocol:       string(f.Protocol),
		Authentication: Authentication{Kind: string(f.Auth.Kind), Evidence: list(f.Auth.Evidence)},
		Device:         DeviceOf(f.Device),
		Verdict:        string(f.Verdict), Why: f.Why, AccountDisabled: f.AccountDisabled, First: stamp(f.First), Last: stamp(f.Last),
		SignIns:  SignIns(f.Tally),
		Networks: make([]Network, len(f.Networks)),
		Agents:   list(f.Agents), Apps: list(f.Apps), Events: make([]string, len(f.Events)), ReportOnly: list(f.ReportOnly),
		Playbook: f.Playbook.ID,
	}
	for i, n := range f.Networks {
		c.Networks[i] = Network(n)
	}
	for i, e := range f.Events {
		c.Events[i] = e.String()
	}
	if f.Dated {
		c.Deadline = f.Deadline.Date.Format(time.DateOnly)
	}
	return c
}

// DeviceOf gives the JSON of a device, the same in every command.
func DeviceOf(d useragent.Device) Device {
	return Device{
		Family: string(d.Family), Model: d.Model, OS: d.OS, Version: d.Version,
		Confidence: string(d.Confidence), Evidence: list(d.Evidence),
	}
}

// stamp writes a time in UTC; the zero time is empty text.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// list makes an absent list an empty one, so that readers need no null check.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
