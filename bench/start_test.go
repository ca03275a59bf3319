package bench

import (
	"errors"
	"io"
	"os/exec"
	"slices"
	"syscall"
	"testing"
	"time"

	"legacyauth/bot/demo/graphlog"
)

// BenchmarkStart measures from the start of the program to the first byte it
// prints: its version, and the answer to a log of a hundred rows. Beside it stands
// what the system takes to start a program that does nothing.
func BenchmarkStart(b *testing.B) {
	program := build(b)
	*rows = 100
	path, _ := generate(b, graphlog.Lines, "signins.jsonl")
	for _, c := range []struct {
		name    string
		command []string
	}{
		{"sh -c 'echo x'", []string{"sh", "-c", "echo x"}},
		{"legacyauth --version", []string{program, "--version"}},
		{"legacyauth scan, 100 rows", []string{program, "scan", "--from", path}},
	} {
		b.Run(c.name, func(b *testing.B) {
			var first []time.Duration
			processor, peak := time.Duration(0), 0.0
			for b.Loop() {
				took, cmd := firstByte(b, c.command)
				first = append(first, took)
				processor += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
				if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
					peak = max(peak, float64(usage.Maxrss)/1024)
				}
			}
			slices.Sort(first)
			b.ReportMetric(float64(first[len(first)/2].Microseconds())/1000, "median-ms")
			b.ReportMetric(float64(first[0].Microseconds())/1000, "least-ms")
			b.ReportMetric(float64(processor.Microseconds())/1000/float64(len(first)), "cpu-ms")
			b.ReportMetric(peak, "peak-MiB")
		})
	}
}

// firstByte runs a command to its end and tells when the first byte came.
func firstByte(b *testing.B, command []string) (time.Duration, *exec.Cmd) {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), command[0], command[1:]...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, 1)); err != nil {
		b.Fatal(err)
	}
	took := time.Since(began)
	if _, err := io.Copy(io.Discard, out); err != nil {
		b.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); err != nil && (!errors.As(err, &exit) || !slices.Contains(finished, exit.ExitCode())) {
		b.Fatal(err)
	}
	return took, cmd
}
