package bench

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"legacyauth/bot/demo"
)

var most = flag.Int64("most", 10_000_000, "rows of the largest log that BenchmarkScaling scans")

// BenchmarkScaling scans logs of ten thousand rows and more, up to -most, on one
// core and on two, of ten clients and more, and one of legacy rows only. The log
// comes through a pipe from the generator, so that no disk is needed; what counts
// is the processor time for a row and the memory.
func BenchmarkScaling(b *testing.B) {
	program := build(b)
	for n := int64(10_000); n <= *most; n *= 10 {
		for cores := 1; cores <= 2; cores++ {
			scale(b, program, config(n, 2000, "graph"), cores)
		}
	}
	rows := min(*most, 1_000_000)
	for _, clients := range []int{10, 1000, 10_000, 100_000} {
		scale(b, program, config(rows, clients, "graph"), 2)
	}
	all := config(rows, 2000, "graph")
	all.Legacy = 1
	scale(b, program, all, 2)
}

func scale(b *testing.B, program string, c demo.StreamConfig, cores int) {
	b.Run(fmt.Sprintf("%d rows, %.0f %% legacy, %d clients, %d cores", c.Rows, c.Legacy*100, c.Clients, cores), func(b *testing.B) {
		size := make(chan int64, 1)
		processor := measureCommand(b, func() *exec.Cmd {
			cmd := exec.CommandContext(b.Context(), program, "scan", "--from", "-", "--output", "json")
			cmd.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", cores))
			read, write, err := os.Pipe()
			if err != nil {
				b.Fatal(err)
			}
			cmd.Stdin = read
			b.Cleanup(func() { _ = read.Close() })
			go func() {
				done, _ := demo.Stream(c, write)
				_ = write.Close()
				select {
				case size <- done.Bytes:
				default:
				}
			}()
			return cmd
		})
		b.SetBytes(<-size)
		b.ReportMetric(float64(processor.Nanoseconds())/float64(c.Rows), "cpu-ns/row")
	})
}
