package playbooks

import "testing"

// BenchmarkBuiltin is what a program pays once for the built-in library.
func BenchmarkBuiltin(b *testing.B) {
	for b.Loop() {
		if _, err := (&Library{}).with(readEmbedded()); err != nil {
			b.Fatal(err)
		}
	}
}
