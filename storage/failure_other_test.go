//go:build !linux

package storage_test

import "testing"

// TestAFullOrReadOnlyDiskSaysSo says that this system does not check it.
func TestAFullOrReadOnlyDiskSaysSo(t *testing.T) {
	t.Skip("NOT CHECKED: what a full or a read-only disk does to the database; mounting a small one needs Linux")
}
