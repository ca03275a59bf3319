//go:build !unix

package bench

import "os"

// peak is not told by this system.
func peak(*os.ProcessState) int64 { return 0 }

// Floor is the least peak that can be told.
func Floor() int64 { return 0 }
