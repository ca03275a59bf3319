package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"legacyauth/detect/useragent/data"
)

type buildKey struct {
	os     string
	number data.Number
}

func refreshBuilds(name, old, date string, files []string, notes io.Writer) ([]byte, error) {
	rows, head, err := data.ReadBuilds(name, old)
	if err != nil {
		return nil, err
	}
	table := make(map[buildKey]data.Build, len(rows))
	for _, b := range rows {
		table[buildKey{b.OS, b.Number}] = b
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		builds, err := readBuildSource(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for _, b := range builds {
			k := buildKey{b.OS, b.Number}
			was, known := table[k]
			if known && !better(was, b) {
				continue
			}
			if known && was.Version != b.Version {
				_, _ = fmt.Fprintf(notes, "%s: %s %s was %s, is %s\n", file, b.OS, b.Number, was.Version, b.Version)
			}
			table[k] = b
		}
	}
	head.Date = date
	var out bytes.Buffer
	if err := data.WriteBuilds(&out, head, settle(table)); err != nil {
		return nil, err
	}
	_, _, err = data.ReadBuilds(name, out.String())
	return out.Bytes(), err
}

// better says whether b says more about a build than what is known: a release
// is worth more than a candidate, a dated row more than an undated one.
func better(was, b data.Build) bool {
	if (was.Stage == "") != (b.Stage == "") {
		return b.Stage == ""
	}
	return b.Released != "" || was.Released == ""
}

// settle drops the rows that decoding does not need: an iPadOS build that iOS
// has under the same version, and a build that is another one plus 6000.
func settle(table map[buildKey]data.Build) []data.Build {
	var rows []data.Build
	for k, b := range table {
		if twin, ok := table[buildKey{"iOS", k.number}]; ok && b.OS == "iPadOS" &&
			twin.Version == b.Version && twin.Stage == b.Stage {
			continue
		}
		base := k
		base.number.Count -= 6000
		if twin, ok := table[base]; ok && b.Number.Suffix == 0 && twin.Version == b.Version {
			continue
		}
		rows = append(rows, b)
	}
	return rows
}

// readBuildSource reads one file: a sofa feed, one appledb record, or a csv of
// appledb records. Which of them it is, its content says.
func readBuildSource(text []byte) ([]data.Build, error) {
	if !bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return appledbCSV(text)
	}
	var kind struct {
		OSVersions []json.RawMessage
		OSStr      string `json:"osStr"`
	}
	if err := json.Unmarshal(text, &kind); err != nil {
		return nil, err
	}
	switch {
	case kind.OSVersions != nil:
		return sofaBuilds(text)
	case kind.OSStr != "":
		return appledbRecord(text)
	}
	return nil, fmt.Errorf("neither a sofa feed nor an appledb record")
}

func appledbRecord(text []byte) ([]data.Build, error) {
	var r struct {
		OSStr    string `json:"osStr"`
		Version  string `json:"version"`
		Build    string `json:"build"`
		Released string `json:"released"`
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, err
	}
	b, ok := appledbBuild(r.OSStr, r.Version, r.Build, r.Released)
	if !ok {
		return nil, fmt.Errorf("build %q of %q %q cannot be read", r.Build, r.OSStr, r.Version)
	}
	return []data.Build{b}, nil
}

func appledbCSV(text []byte) ([]data.Build, error) {
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(records) == 0 || strings.Join(records[0], ",") != "os,version,build,released,kind" {
		return nil, fmt.Errorf("the first line is not os,version,build,released,kind")
	}
	var builds []data.Build
	for i, f := range records[1:] {
		b, ok := appledbBuild(f[0], f[1], f[2], f[3])
		if !ok {
			return nil, fmt.Errorf("line %d: build %q of %q %q cannot be read", i+2, f[2], f[0], f[1])
		}
		builds = append(builds, b)
	}
	return builds, nil
}

func appledbBuild(system, version, build, released string) (data.Build, bool) {
	number, ok := data.ParseNumber(build)
	version, stage, _ := strings.Cut(version, " ")
	if stage == "" && released == "" {
		stage = data.Undated
	}
	if system == "iPhoneOS" || system == "iPhone OS" {
		system = "iOS"
	}
	b := data.Build{OS: system, Number: number, Version: version, Stage: stage, Released: released, Source: "appledb"}
	return b, ok && data.IsVersion(version)
}

func sofaBuilds(text []byte) ([]data.Build, error) {
	type release struct {
		UpdateName     string
		ProductVersion string
		ReleaseDate    string
		AllBuilds      []string
	}
	var feed struct {
		OSVersions []struct {
			SecurityReleases []release
		}
		BackgroundSecurityImprovements map[string][]struct {
			Version, VersionExtra, Build, PostingDate string
		}
	}
	if err := json.Unmarshal(text, &feed); err != nil {
		return nil, err
	}
	var builds []data.Build
	add := func(system, build, version, stage, released string) error {
		number, ok := data.ParseNumber(build)
		if !ok || !data.IsVersion(version) {
			return fmt.Errorf("build %q of version %q cannot be read", build, version)
		}
		// The feed lists the builds of televisions and watches too; theirs
		// have the letters from L on.
		if number.Letter > 'K' {
			return nil
		}
		day, _, _ := strings.Cut(released, "T")
		builds = append(builds, data.Build{OS: system, Number: number, Version: version, Stage: stage, Released: day, Source: "sofa"})
		return nil
	}
	for _, v := range feed.OSVersions {
		for _, r := range v.SecurityReleases {
			system, _, _ := strings.Cut(r.UpdateName, " ")
			for _, build := range r.AllBuilds {
				if err := add(system, build, r.ProductVersion, "", r.ReleaseDate); err != nil {
					return nil, err
				}
			}
		}
	}
	for _, improvements := range feed.BackgroundSecurityImprovements {
		for _, i := range improvements {
			if err := add("iOS", i.Build, i.Version, i.VersionExtra, i.PostingDate); err != nil {
				return nil, err
			}
		}
	}
	return builds, nil
}
