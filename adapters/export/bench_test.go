package export

import (
	"bytes"
	"context"
	"testing"

	"legacyauth/detect"
)

func BenchmarkRead(b *testing.B) {
	lines := generate(64<<20, false)
	array := append(append([]byte{'['}, bytes.ReplaceAll(bytes.TrimSpace(lines), []byte("\n"), []byte(",\n"))...), ']')
	for _, bench := range []struct {
		name string
		data []byte
	}{
		{"GraphLines", lines},
		{"RecordLines", generate(64<<20, true)},
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

func BenchmarkRow(b *testing.B) {
	data := bytes.Split(bytes.TrimSpace(generate(4<<20, false)), []byte{'\n'})
	for _, plain := range []bool{false, true} {
		b.Run(map[bool]string{false: "fast", true: "exact"}[plain], func(b *testing.B) {
			d := newDecoder(dateOrder{})
			d.plain = plain
			b.SetBytes(int64(len(data[0])))
			b.ReportAllocs()
			i := 0
			var s detect.SignIn
			for b.Loop() {
				if ok, fault := d.row(data[i%len(data)], &s); !ok {
					b.Fatal(fault)
				}
				i++
			}
		})
	}
}
