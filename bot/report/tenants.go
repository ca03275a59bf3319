package report

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/scan"
	"legacyauth/playbooks/card"
)

// Tenant is the answer for one of several tenants, or why there is none.
type Tenant struct {
	Name   string
	Result scan.Result
	Err    error
}

// tenantDocument is the JSON of one of several tenants: a Scan, or an error.
type tenantDocument struct {
	Tenant string `json:"tenant"`
	Error  string `json:"error,omitempty"`
	*Scan
}

// TenantsJSON writes {"tenants":[…]}, each with its name and either the fields
// of a Scan or an error.
func TenantsJSON(w io.Writer, tenants []Tenant) error {
	documents := make([]tenantDocument, len(tenants))
	for i, t := range tenants {
		documents[i].Tenant = t.Name
		if t.Err != nil {
			documents[i].Error = t.Err.Error()
			continue
		}
		doc := document(t.Result)
		documents[i].Scan = &doc
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string][]tenantDocument{"tenants": documents})
}

// TenantsText writes one answer after another, each under its tenant's name.
func TenantsText(w io.Writer, o terminal.Options, tenants []Tenant, today time.Time) error {
	for i, t := range tenants {
		if i > 0 {
			if _, err := fmt.Fprintln(w); err != nil {
				return err
			}
		}
		c := card.Card{Title: []card.Span{card.Text("Tenant "), card.Value(t.Name)}, Tone: card.Info}
		if t.Err != nil {
			c.Tone = card.Danger
			c.Blocks = []card.Block{card.Para{Spans: []card.Span{card.Text("It could not be scanned. "), card.Sentence(t.Err.Error())}}}
		}
		if err := terminal.Render(w, c, o); err != nil {
			return err
		}
		if t.Err != nil {
			continue
		}
		if _, err := fmt.Fprintln(w); err != nil {
			return err
		}
		if err := Text(w, o, t.Result, today); err != nil {
			return err
		}
	}
	return nil
}
