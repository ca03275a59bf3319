package data

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Build is one row of a build table: what version a build is.
type Build struct {
	OS      string // "iOS", "iPadOS" or "macOS"; iPhone OS counts as iOS
	Number  Number
	Version string // "15.6.1"
	// Stage is empty for a release, "beta 3", "RC" or "GM" for one before it,
	// "(a)" for a security response, and Undated for a build that the source
	// lists without a day of release: made, but perhaps never handed out.
	Stage    string
	Released string // 2006-01-02, empty when not known
	// Source names who lists it: "appledb", "sofa" or "notes" (release notes
	// and build lists gathered by hand).
	Source string
}

// Undated is the stage of a build without a day of release.
const Undated = "undated"

var buildColumns = []string{"os", "build", "version", "stage", "released", "source"}

// ReadBuilds decodes a table of builds. The name stands in errors, before the
// line. Builds stand in the order of WriteBuilds, each once per operating system.
func ReadBuilds(name, text string) ([]Build, Header, error) {
	builds := make([]Build, 0, strings.Count(text, "\n"))
	head, err := read(name, text, buildColumns, func(f []string) error {
		b := Build{OS: f[0], Version: f[2], Stage: f[3], Released: f[4], Source: f[5]}
		switch b.OS {
		case "iOS", "iPadOS", "macOS":
		default:
			return fmt.Errorf("unknown os %q", b.OS)
		}
		var ok bool
		if b.Number, ok = ParseNumber(f[1]); !ok && b.OS == "macOS" {
			b.Number, ok = ParseLetter(f[1])
		}
		if !ok {
			return fmt.Errorf("build %q is not a build number", f[1])
		}
		if !IsVersion(b.Version) {
			return fmt.Errorf("version %q is not numbers and dots", b.Version)
		}
		if b.Released != "" && !isDate(b.Released) {
			return fmt.Errorf("released %q is not a day (2006-01-02)", b.Released)
		}
		if b.Source == "" {
			return fmt.Errorf("build %s names no source", f[1])
		}
		if len(builds) > 0 {
			switch order := builds[len(builds)-1].compare(b); {
			case order == 0:
				return fmt.Errorf("%s build %s stands twice", b.OS, f[1])
			case order > 0:
				return fmt.Errorf("%s build %s has to stand further up", b.OS, f[1])
			}
		}
		builds = append(builds, b)
		return nil
	})
	return builds, head, err
}

// WriteBuilds writes a table of builds in the order of operating system, major
// number, letter and count.
func WriteBuilds(w io.Writer, head Header, builds []Build) error {
	builds = slices.Clone(builds)
	slices.SortFunc(builds, Build.compare)
	rows := make([][]string, len(builds))
	for i, b := range builds {
		rows[i] = []string{b.OS, b.Number.String(), b.Version, b.Stage, b.Released, b.Source}
	}
	return write(w, head, buildColumns, rows)
}

// compare says which of two builds stands first in a table.
func (b Build) compare(other Build) int {
	if order := strings.Compare(b.OS, other.OS); order != 0 {
		return order
	}
	return b.Number.Compare(other.Number)
}

// IsVersion says whether s is one to four numbers with dots between them.
func IsVersion(s string) bool {
	parts := 0
	for part := range strings.SplitSeq(s, ".") {
		if _, ok := digits(part, 9_999); !ok {
			return false
		}
		parts++
	}
	return parts <= 4
}
