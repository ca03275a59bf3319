// Package data holds the tables that name Apple devices and versions, and
// reads and writes them. The tables are the csv files of this folder; their
// sources and licenses stand in their first lines and in NOTICE.md, and
// README.md says how to refresh them.
package data

import _ "embed"

//go:embed apple-builds.csv
var appleBuilds string

//go:embed macos-builds.csv
var macBuilds string

//go:embed apple-models.csv
var appleModels string

// AppleBuilds gives the embedded table of iOS and iPadOS builds.
func AppleBuilds() ([]Build, Header, error) { return ReadBuilds("apple-builds.csv", appleBuilds) }

// MacBuilds gives the embedded table of macOS builds. Rows without a count
// stand for a whole letter.
func MacBuilds() ([]Build, Header, error) { return ReadBuilds("macos-builds.csv", macBuilds) }

// AppleModels gives the embedded table of model names.
func AppleModels() ([]Model, Header, error) { return ReadModels("apple-models.csv", appleModels) }
