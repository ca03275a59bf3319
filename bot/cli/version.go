package cli

import (
	"fmt"
	"runtime/debug"
)

// Version prints the version.
type Version struct{}

// Help is the long help of the command.
func (Version) Help() string { return "Examples:\n  legacyauth version" }

// Run prints the version that the Go toolchain recorded.
func (Version) Run(env *Env) error {
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
	_, err := fmt.Fprintf(env.Stdout, "legacyauth %s%s\n", version, revision)
	return err
}
