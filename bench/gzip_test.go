package bench

import (
	"os/exec"
	"testing"
)

// BenchmarkGzip measures scans of a compressed log beside the decompressor alone,
// and behind a parallel one where it is installed. Rates are of the text.
func BenchmarkGzip(b *testing.B) {
	program := build(b)
	path, size := generate(b, "graph", "signins.jsonl")
	if out, err := exec.CommandContext(b.Context(), "gzip", path).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	path += ".gz"
	b.Run("gzip -dc into wc -c", func(b *testing.B) { measure(b, size, "sh", "-c", `gzip -dc "$0" | wc -c`, path) })
	b.Run("legacyauth/gzip", func(b *testing.B) { measure(b, size, program, "scan", "--from", path, "--output", "json") })
	b.Run("legacyauth/gzip, pigz before it", func(b *testing.B) {
		if _, err := exec.LookPath("pigz"); err != nil {
			b.Skip("pigz is not installed")
		}
		measure(b, size, "sh", "-c", `pigz -dc "$0" | "$1" scan --from - --output json`, path, program)
	})
}
