package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"legacyauth/bot/report"
)

// tenantsNDJSON writes the lines of every tenant, each with "tenantName" as its
// first field; a tenant without an answer is one line with "error".
func tenantsNDJSON(w io.Writer, answers []report.Tenant) error {
	for _, a := range answers {
		name, err := json.Marshal(a.Name)
		if err != nil {
			return err
		}
		var lines bytes.Buffer
		if a.Err != nil {
			words, err := json.Marshal(a.Err.Error())
			if err != nil {
				return err
			}
			fmt.Fprintf(&lines, "{\"error\":%s}\n", words)
		} else if err := report.NDJSON(&lines, a.Result); err != nil {
			return err
		}
		for line := range bytes.Lines(lines.Bytes()) {
			if _, err := fmt.Fprintf(w, "{\"tenantName\":%s,%s", name, line[1:]); err != nil {
				return err
			}
		}
	}
	return nil
}

// tenantsCSV writes the clients of every tenant as one table, which begins with
// the columns "tenant name" and "error"; a tenant without an answer is one row
// with nothing but those.
func tenantsCSV(w io.Writer, answers []report.Tenant) error {
	out := csv.NewWriter(w)
	headed := false
	for _, a := range answers {
		// Without a result this is the head of the table alone.
		var text bytes.Buffer
		if err := report.CSV(&text, a.Result); err != nil {
			return err
		}
		table := csv.NewReader(&text)
		for first := true; ; first = false {
			row, err := table.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return fmt.Errorf("write CSV: %w", err)
			}
			lead := []string{report.Inert(a.Name), ""}
			if first {
				if headed {
					continue
				}
				headed, lead = true, []string{"tenant name", "error"}
			}
			if err := out.Write(append(lead, row...)); err != nil {
				return fmt.Errorf("write CSV: %w", err)
			}
		}
		if a.Err != nil {
			if err := out.Write(append([]string{report.Inert(a.Name), report.Inert(a.Err.Error())}, make([]string, table.FieldsPerRecord)...)); err != nil {
				return fmt.Errorf("write CSV: %w", err)
			}
		}
	}
	out.Flush()
	return out.Error()
}
