package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"legacyauth/bot/scan"
)

// columns are the columns of CSV output; one row is one client.
var columns = []string{
	"key", "tenant", "verdict", "user", "user id", "protocol", "authentication", "family", "model", "os", "version", "confidence",
	"first", "last", "sign-ins", "succeeded", "blocked", "failed", "networks", "countries", "agents", "apps", "report-only policies",
	"deadline", "playbook", "why", "cities",
}

// CSV writes one row per client, for a spreadsheet. Coverage does not fit a
// table of clients: callers show it beside the file.
func CSV(w io.Writer, r scan.Result) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	for _, f := range r.Findings {
		if err := out.Write(csvRow(client(f))); err != nil {
			return fmt.Errorf("write CSV: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func csvRow(c Client) []string {
	var addresses, countries, cities []string
	for _, n := range c.Networks {
		addresses = append(addresses, n.Address)
		if n.Country != "" && !slices.Contains(countries, n.Country) {
			countries = append(countries, n.Country)
		}
		if n.City != "" && !slices.Contains(cities, n.City) {
			cities = append(cities, n.City)
		}
	}
	row := []string{
		c.Key, c.Tenant, c.Verdict, c.User.Name, c.User.ID, c.Protocol, c.Authentication.Kind,
		c.Device.Family, c.Device.Model, c.Device.OS, c.Device.Version, c.Device.Confidence,
		c.First, c.Last,
		strconv.Itoa(c.SignIns.Total), strconv.Itoa(c.SignIns.Succeeded), strconv.Itoa(c.SignIns.Blocked), strconv.Itoa(c.SignIns.Failed),
		strings.Join(addresses, " "), strings.Join(countries, " "), strings.Join(c.Agents, " | "), strings.Join(c.Apps, " | "),
		strings.Join(c.ReportOnly, " | "), c.Deadline, c.Playbook, c.Why, strings.Join(cities, " | "),
	}
	for i := range row {
		row[i] = Inert(row[i])
	}
	return row
}
