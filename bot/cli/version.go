package cli

import (
	"fmt"
	"runtime/debug"
)

// Version prints the version.
type Version struct{}

// Help is the long help of the command.
func (Version) Help() string { return "Examples:\n  legacyauth version" }

// Run prints the version.
func (Version) Run(env *Env) error {
	_, err := fmt.Fprintln(env.Stdout, VersionText())
	return err
}

// VersionText is the program's name with the version and revision that the Go
// toolchain recorded.
func VersionText() string {
	version, revision := "(devel)", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			version = info.Main.Version
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = " " + s.Value
			}
		}
	}
	return "legacyauth " + version + revision
}
