// Package bench measures whole scans on generated logs. What other programs take
// for the same question, `legacyauth bench` tells; see RESULTS.md.
package bench

import (
	"bufio"
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"legacyauth/bot/demo"
	"legacyauth/bot/demo/graphlog"
)

var (
	built   = flag.String("program", "", "the program to measure; built when it is not given")
	rows    = flag.Int64("rows", 1_000_000, "rows of the generated log")
	maxPeak = flag.Float64("max-peak-mib", 0, "fail when the scan's peak memory exceeds this; 0 is no limit")
)

// config is that of a month of a tenant with 5,000 people.
func config(rows int64, clients int, shape graphlog.Shape) demo.StreamConfig {
	return demo.StreamConfig{
		Seed: 1, Rows: rows, Users: 5000, Clients: clients, Legacy: 0.04, Shape: shape,
		From: time.Date(2026, 10, 22, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC),
	}
}

// generate writes a log of the given shape and gives its path and size.
func generate(b *testing.B, shape graphlog.Shape, name string) (path string, size int64) {
	b.Helper()
	path = filepath.Join(b.TempDir(), name)
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	out := bufio.NewWriterSize(file, 1<<20)
	done, err := demo.Stream(config(*rows, 2000, shape), out)
	if err != nil {
		b.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	return path, done.Bytes
}

func build(b *testing.B) string {
	b.Helper()
	if *built != "" {
		return *built
	}
	program := filepath.Join(b.TempDir(), "legacyauth")
	cmd := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, "../bot/cmd/legacyauth") // as make build does
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return program
}

// finished are the exit codes of a scan that has an answer.
var finished = []int{0, 3}

// measure runs a command once per iteration and reports its rate over size
// bytes, its peak memory and its processor time.
func measure(b *testing.B, size int64, name string, args ...string) {
	b.Helper()
	b.SetBytes(size)
	measureCommand(b, func() *exec.Cmd { return exec.CommandContext(b.Context(), name, args...) })
}

// measureCommand gives the processor time of one run.
func measureCommand(b *testing.B, command func() *exec.Cmd) time.Duration {
	b.Helper()
	peak, processor := 0.0, time.Duration(0)
	name := ""
	for b.Loop() {
		cmd := command()
		name = cmd.Path
		var errs bytes.Buffer
		cmd.Stderr = &errs
		if err := cmd.Run(); cmd.ProcessState == nil {
			b.Fatal(err)
		}
		if code := cmd.ProcessState.ExitCode(); !slices.Contains(finished, code) {
			b.Fatalf("%s: exit code %d\n%s", name, code, errs.String())
		}
		processor += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			peak = max(peak, float64(usage.Maxrss)/1024)
		}
	}
	processor /= time.Duration(b.N)
	b.ReportMetric(peak, "peak-MiB")
	b.ReportMetric(float64(processor.Milliseconds()), "cpu-ms")
	if *maxPeak > 0 && strings.HasSuffix(name, "legacyauth") && peak > *maxPeak {
		b.Errorf("peak memory %.0f MiB exceeds %.0f MiB", peak, *maxPeak)
	}
	return processor
}

func BenchmarkScan(b *testing.B) {
	program := build(b)
	shapes := []struct{ shape, name string }{
		{"graph", "signins.jsonl"},
		{"diagnostic", "insights.jsonl"},
		{"page", "page.json"},
		{"portal-csv", "NonInteractiveSignIns.csv"},
	}
	for _, s := range shapes {
		b.Run(s.shape, func(b *testing.B) {
			path, size := generate(b, graphlog.Shape(s.shape), s.name)
			b.Run("legacyauth", func(b *testing.B) { measure(b, size, program, "scan", "--from", path, "--output", "json") })
			if s.shape == "graph" {
				b.Run("wc -l, which only finds line ends", func(b *testing.B) { measure(b, size, "wc", "-l", path) })
			}
		})
	}
}
