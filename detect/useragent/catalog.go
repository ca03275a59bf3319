package useragent

import (
	"errors"
	"slices"
	"strconv"
	"sync"

	"legacyauth/detect/useragent/data"
)

// catalog answers which version a build of one operating system is.
type catalog struct {
	rows []*data.Build // in rising order of their numbers, each number once
	numbering
}

// yearsAhead is how far past the tables the major rule reaches. One major number
// comes out each year; a number further on is made up rather than new.
const yearsAhead = 3

// reading is what a catalog makes of a build.
type reading struct {
	version    string
	confidence Confidence
	evidence   string
}

// tables holds everything the embedded files say.
type tables struct {
	ios, ipados, macos catalog
	models             map[string]string
}

var loaded = sync.OnceValues(load)

// Check says whether the embedded tables decode. A program calls it once when
// it starts; the error names the file and line.
func Check() error {
	_, err := loaded()
	return err
}

func load() (tables, error) {
	builds, _, errBuilds := data.AppleBuilds()
	macs, _, errMacs := data.MacBuilds()
	models, _, errModels := data.AppleModels()
	t := tables{
		ios:    newCatalog(builds, "iOS", iosNumbering),
		ipados: newCatalog(builds, "iPadOS", iosNumbering),
		macos:  newCatalog(macs, "macOS", macNumbering),
		models: make(map[string]string, len(models)),
	}
	for _, m := range models {
		t.models[m.Identifier] = m.Name
	}
	return t, errors.Join(errBuilds, errMacs, errModels)
}

// newCatalog indexes builds. A build that the system itself does not list may
// stand under another: iPadOS rows are left out where iOS says the same.
func newCatalog(builds []data.Build, system string, how numbering) catalog {
	c := catalog{rows: make([]*data.Build, 0, len(builds)), numbering: how}
	for _, own := range []bool{true, false} {
		for i := range builds {
			if (builds[i].OS == system) == own {
				c.rows = append(c.rows, &builds[i])
			}
		}
	}
	slices.SortStableFunc(c.rows, func(a, b *data.Build) int { return a.Number.Compare(b.Number) })
	c.rows = slices.CompactFunc(c.rows, func(a, b *data.Build) bool { return a.Number == b.Number })
	return c
}

// place gives the first row at or after a number, and whether it is that number's.
func (c catalog) place(n data.Number) (int, bool) {
	return slices.BinarySearchFunc(c.rows, n, func(b *data.Build, n data.Number) int { return b.Number.Compare(n) })
}

// ladder gives the rows that the letter rule climbs: the releases of n's letter, or
// all rows of a letter that has had none yet.
func (c catalog) ladder(n data.Number) []*data.Build {
	from, _ := c.place(data.Number{Major: n.Major, Letter: n.Letter})
	to, _ := c.place(data.Number{Major: n.Major, Letter: n.Letter + 1})
	rows := c.rows[from:to]
	var released []*data.Build
	for _, b := range rows {
		if b.Stage == "" && b.Number.Suffix == 0 {
			released = append(released, b)
		}
	}
	if len(released) > 0 {
		return released
	}
	return rows
}

// last gives the highest major number of the table, 0 of an empty one.
func (c catalog) last() int {
	if len(c.rows) == 0 {
		return 0
	}
	return c.rows[len(c.rows)-1].Number.Major
}

// read names the version of a build: by the table, by the letter, by the major
// number, in this order. System gives the name that a version goes by. A
// catalog of broken tables still has the last rule.
func (c catalog) read(n data.Number, system func(version string) string) reading {
	if b, ok := c.find(n); ok {
		says := "build " + n.String() + " is "
		if b.Number != n {
			says += b.Number.String() + ", "
		}
		says += system(b.Version) + " " + b.Version
		if b.Stage != "" && b.Stage != data.Undated {
			says += " " + b.Stage
		}
		return reading{b.Version, Certain, says}
	}
	if rows := c.ladder(n); len(rows) > 0 {
		version := c.minor(below(rows, n).Version)
		short := data.Number{Major: n.Major, Letter: n.Letter}
		return reading{version, Likely, "letter rule: " + short.String() + " is " + system(version) + " " + version + " or later fix"}
	}
	if version := c.major(n.Major); version != "" && (c.last() == 0 || n.Major <= c.last()+yearsAhead) {
		return reading{version, Likely, "major rule: build " + strconv.Itoa(n.Major) + " is " + system(version) + " " + version}
	}
	return reading{"", NotKnown, "build " + n.String() + " is not known"}
}

// find looks a build up, and folds it first where Apple lists a release twice:
// 23G6083 is 23G83, and 22A6354 is 22A3354.
//
// https://github.com/macadmins/sofa at 00b0d8c, read 2026-11-22.
func (c catalog) find(n data.Number) (*data.Build, bool) {
	if at, ok := c.place(n); ok {
		return c.rows[at], true
	}
	if n.Suffix != 0 || n.Count < 6000 {
		return nil, false
	}
	for _, step := range []int{6000, 3000} {
		folded := n
		folded.Count -= step
		if at, ok := c.place(folded); ok {
			return c.rows[at], true
		}
	}
	return nil, false
}

// below gives the highest row that is not above n: a build between two known
// ones is a fix of the lower. A beta comes before its letter's first release.
func below(rows []*data.Build, n data.Number) *data.Build {
	if n.Suffix != 0 {
		return rows[0]
	}
	if n.Count >= 6000 && n.Count < 7000 {
		n.Count -= 6000
	}
	found := rows[0]
	for _, b := range rows {
		if b.Number.Count <= n.Count {
			found = b
		}
	}
	return found
}
