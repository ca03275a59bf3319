package logrow

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"legacyauth/detect"
	"legacyauth/detect/logrow/logrowtest"
)

// chance repeats itself from run to run.
func chance() func(n int) int { return rand.New(rand.NewPCG(7, 11)).IntN }

func BenchmarkRow(b *testing.B) {
	for _, bench := range []struct {
		name  string
		shape logrowtest.Shape
		plain bool
	}{
		{"graph", logrowtest.Graph, false},
		{"record", logrowtest.Record, false},
		{"exact", logrowtest.Graph, true},
	} {
		b.Run(bench.name, func(b *testing.B) {
			data := bytes.TrimSpace(logrowtest.Lines(4<<20, bench.shape, chance()))
			rows := bytes.Split(data, []byte{'\n'})
			d := NewDecoder()
			d.plain = bench.plain
			b.SetBytes(int64(len(data) / len(rows)))
			b.ReportAllocs()
			i := 0
			var s detect.SignIn
			for b.Loop() {
				if ok, err := d.Row(rows[i%len(rows)], &s); !ok {
					b.Fatal(err)
				}
				i++
			}
		})
	}
}
