package bench

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"

	"legacyauth/bot/demo"
)

// BenchmarkScaling scans logs of ten thousand rows and more, up to -rows, on one
// core and on two, and of ten clients and more. The log comes through a pipe from
// the generator, so that no disk is needed; what counts is the processor time
// for a row and the memory.
func BenchmarkScaling(b *testing.B) {
	program := build(b)
	for n := int64(10_000); n <= *rows; n *= 10 {
		for cores := 1; cores <= 2; cores++ {
			scale(b, program, n, 2000, cores)
		}
	}
	for _, clients := range []int{10, 1000, 10_000, 100_000} {
		scale(b, program, min(*rows, 1_000_000), clients, 2)
	}
}

func scale(b *testing.B, program string, rows int64, clients, cores int) {
	b.Run(fmt.Sprintf("%d rows, %d clients, %d cores", rows, clients, cores), func(b *testing.B) {
		size, err := demo.Stream(config(rows, clients, "graph"), io.Discard)
		if err != nil {
			b.Fatal(err)
		}
		measureCommand(b, size.Bytes, func() *exec.Cmd {
			cmd := exec.CommandContext(b.Context(), program, "scan", "--from", "-", "--output", "json")
			cmd.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", cores))
			read, write, err := os.Pipe()
			if err != nil {
				b.Fatal(err)
			}
			cmd.Stdin = read
			b.Cleanup(func() { _ = read.Close() })
			go func() {
				_, _ = demo.Stream(config(rows, clients, "graph"), write)
				_ = write.Close()
			}()
			return cmd
		})
	})
}
