package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"legacyauth/bot/demo"
)

// sampleTenant is what the sample tenant is called.
const sampleTenant = "contoso"

// sample puts the sample tenant's log and a configuration into a folder, and
// gives the day on which the sample is today.
func sample(dir string) (DatabaseFlags, func() time.Time, error) {
	flags := DatabaseFlags{Config: filepath.Join(dir, "legacyauth.yaml"), Database: filepath.Join(dir, "sample.db")}
	exports := filepath.Join(dir, "exports")
	text := "contact: " + contact + "\npeople:\n  check: the page Mail on intranet.contoso.com\ntenants:\n  - name: " + sampleTenant + "\n    folder: exports\n"
	if err := os.Mkdir(exports, 0o700); err != nil {
		return flags, nil, fmt.Errorf("make the sample: %w", err)
	}
	if err := os.WriteFile(flags.Config, []byte(text), 0o600); err != nil {
		return flags, nil, fmt.Errorf("make the sample: %w", err)
	}
	arrived := demo.Today().Add(-time.Hour)
	for _, f := range demo.Files() {
		path := filepath.Join(exports, f.Name)
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			return flags, nil, fmt.Errorf("make the sample: %w", err)
		}
		if err := os.Chtimes(path, arrived, arrived); err != nil {
			return flags, nil, fmt.Errorf("make the sample: %w", err)
		}
	}
	began := time.Now()
	return flags, func() time.Time { return demo.Today().Add(time.Since(began)) }, nil
}
