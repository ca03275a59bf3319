package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"

	"legacyauth/detect/useragent/data"
)

func refreshModels(name, old, date string, files []string, notes io.Writer) ([]byte, error) {
	rows, head, err := data.ReadModels(name, old)
	if err != nil {
		return nil, err
	}
	table := make(map[string]data.Model, len(rows))
	for _, m := range rows {
		table[m.Identifier] = m
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		models, err := readModelSource(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for _, m := range models {
			was, known := table[m.Identifier]
			switch {
			case !known:
				table[m.Identifier] = m
			// A name once in the table stays: clients are told apart by it.
			case was.Name != m.Name:
				_, _ = fmt.Fprintf(notes, "%s: %s stays %q, the file says %q\n", file, m.Identifier, was.Name, m.Name)
			}
		}
	}
	head.Date = date
	var out bytes.Buffer
	if err := data.WriteModels(&out, head, slices.Collect(maps.Values(table))); err != nil {
		return nil, err
	}
	_, _, err = data.ReadModels(name, out.String())
	return out.Bytes(), err
}

// readModelSource reads one file: a list of identifiers with their names, the
// devices of a sofa feed, or one appledb device record.
func readModelSource(text []byte) ([]data.Model, error) {
	var sofa struct {
		Devices map[string]struct{ MarketingName string }
	}
	var record struct {
		Name       string `json:"name"`
		Identifier string `json:"identifier"`
	}
	names := make(map[string]string)
	source := "device list"
	if json.Unmarshal(text, &sofa) == nil && sofa.Devices != nil {
		source = "sofa"
		for identifier, d := range sofa.Devices {
			names[identifier] = d.MarketingName
		}
	} else if json.Unmarshal(text, &record) == nil && record.Identifier != "" {
		source = "appledb"
		names[record.Identifier] = record.Name
	} else if err := json.Unmarshal(text, &names); err != nil {
		return nil, fmt.Errorf("not a list of names, a sofa feed or an appledb device: %w", err)
	}
	var models []data.Model
	for _, identifier := range slices.Sorted(maps.Keys(names)) {
		if data.IsIdentifier(identifier) {
			models = append(models, data.Model{Identifier: identifier, Name: spoken(names[identifier]), Source: source})
		}
	}
	if len(models) == 0 {
		return nil, fmt.Errorf("no iPhone, iPad or iPod in it")
	}
	return models, nil
}

var variant = regexp.MustCompile(` (Wi-Fi( \+ Cellular)?|\((1TB|1 or 2 TB|Global|China mainland)\))`)

// spoken leaves out of a marketing name what its owner would not say: the
// radio, the size of the storage and the country.
func spoken(name string) string { return variant.ReplaceAllString(name, "") }
