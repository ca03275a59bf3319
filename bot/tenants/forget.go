package tenants

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"legacyauth/adapters/entra/signins"
)

// The folders below the state folder in which scans, and passes of serve, keep
// what they have read until they are done.
const (
	scansDir  = "scans"
	passesDir = "passes"
)

// Forget removes the rows that unfinished scans of any tenant have kept under the
// state folder, those of tenants that are no longer configured included, and
// gives how many files that were; with dry it counts alone. Scans that are under
// way keep theirs, and the error names their tenants.
func Forget(state string, dry bool) (files int, err error) {
	var errs []error
	for _, what := range []string{scansDir, passesDir} {
		entries, err := os.ReadDir(filepath.Join(state, what))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, fmt.Errorf("look for kept sign-ins: %w", err))
		}
		for _, tenant := range entries {
			if !tenant.IsDir() {
				continue
			}
			n, err := signins.ForgetAll(filepath.Join(state, what, tenant.Name()), dry)
			files += n
			if errors.Is(err, signins.ErrRunning) {
				err = fmt.Errorf("a scan of %s is under way, and what it keeps on disk may hold the user: purge again when it has ended", tenant.Name())
			}
			errs = append(errs, err)
		}
	}
	return files, errors.Join(errs...)
}
