package export

import (
	"bytes"
	"context"
	"testing"

	"legacyauth/detect"
	"legacyauth/detect/logrow/logrowtest"
)

func BenchmarkRead(b *testing.B) {
	graph := lines(64<<20, logrowtest.Graph)
	array := append(append([]byte{'['}, bytes.ReplaceAll(bytes.TrimSpace(graph), []byte("\n"), []byte(",\n"))...), ']')
	for _, bench := range []struct {
		name string
		data []byte
	}{
		{"GraphLines", graph},
		{"RecordLines", lines(64<<20, logrowtest.Record)},
		{"GraphArray", array},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(len(bench.data)))
			b.ReportAllocs()
			for b.Loop() {
				rows := 0
				r, err := Read(context.Background(), memory("memory", bench.data), Options{}, func(batch []detect.SignIn) error {
					rows += len(batch)
					return nil
				})
				if err != nil || rows == 0 || r.Skipped > 0 {
					b.Fatal(err, rows, r.Broken)
				}
			}
		})
	}
}
