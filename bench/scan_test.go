// Package bench measures the whole program on generated logs, beside the tools
// people would use instead where they are installed. See RESULTS.md.
package bench

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"legacyauth/bot/demo"
	"legacyauth/bot/demo/graphlog"
)

var (
	rows    = flag.Int64("rows", 1_000_000, "rows of the generated log")
	maxPeak = flag.Float64("max-peak-mib", 0, "fail when the scan's peak memory exceeds this; 0 is no limit")
)

// generate writes a log of the given shape and gives its path and size.
func generate(b *testing.B, shape graphlog.Shape, name string) (path string, size int64) {
	b.Helper()
	path = filepath.Join(b.TempDir(), name)
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	out := bufio.NewWriterSize(file, 1<<20)
	done, err := demo.Stream(demo.StreamConfig{
		Seed: 1, Rows: *rows, Users: 5000, Clients: 2000, Legacy: 0.04, Shape: shape,
		From: time.Date(2026, 10, 22, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC),
	}, out)
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
	program := filepath.Join(b.TempDir(), "legacyauth")
	cmd := exec.CommandContext(b.Context(), "go", "build", "-o", program, "../bot/cmd/legacyauth")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return program
}

// measure runs a command once per iteration and reports its rate over size
// bytes and its peak memory. wanted are exit codes that count as done.
func measure(b *testing.B, size int64, wanted []int, name string, args ...string) {
	b.Helper()
	b.SetBytes(size)
	peak := 0.0
	for b.Loop() {
		cmd := exec.CommandContext(b.Context(), name, args...)
		var errs bytes.Buffer
		cmd.Stderr = &errs
		err := cmd.Run()
		if cmd.ProcessState == nil {
			b.Fatal(err)
		}
		code, done := cmd.ProcessState.ExitCode(), false
		for _, w := range wanted {
			done = done || code == w
		}
		if !done {
			b.Fatalf("%s: exit code %d\n%s", name, code, errs.String())
		}
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			peak = max(peak, float64(usage.Maxrss)/1024)
		}
	}
	b.ReportMetric(peak, "peak-MiB")
	if *maxPeak > 0 && strings.HasSuffix(name, "legacyauth") && peak > *maxPeak {
		b.Errorf("peak memory %.0f MiB exceeds %.0f MiB", peak, *maxPeak)
	}
}

// finished are the exit codes of a scan that has an answer.
var finished = []int{0, 3}

func BenchmarkScan(b *testing.B) {
	program := build(b)
	shapes := []struct{ shape, name string }{
		{"graph", "signins.jsonl"},
		{"diagnostic", "insights.jsonl"},
		{"page", "page.json"},
		{"portal-csv", "NonInteractiveSignIns.csv"},
	}
	for _, s := range shapes {
		b.Run("legacyauth/"+s.shape, func(b *testing.B) {
			path, size := generate(b, graphlog.Shape(s.shape), s.name)
			measure(b, size, finished, program, "scan", "--from", path, "--output", "json")
		})
	}
}

// jqQuestion is what a skilled user would ask: the legacy sign-ins by user,
// protocol, agent and outcome, to be counted by sort and uniq.
const jqQuestion = `select(.clientAppUsed != "Browser" and .clientAppUsed != "Mobile Apps and Desktop clients")
	| [.userPrincipalName, .clientAppUsed, .userAgent, .status.errorCode] | @csv`

func duckQuestion(path string) string {
	return fmt.Sprintf(`SELECT userPrincipalName, clientAppUsed, userAgent, status.errorCode AS code, count(*)
		FROM read_json('%s', format='newline_delimited', columns={userPrincipalName:'VARCHAR', clientAppUsed:'VARCHAR', userAgent:'VARCHAR', status:'STRUCT(errorCode BIGINT)'})
		WHERE clientAppUsed NOT IN ('Browser','Mobile Apps and Desktop clients') GROUP BY ALL`, path)
}

// BenchmarkOthers measures other tools on the same rows. One that is not
// installed is not measured, and the output says so.
func BenchmarkOthers(b *testing.B) {
	path, size := generate(b, "graph", "signins.jsonl")
	tool := func(name string, args ...string) {
		b.Run(name, func(b *testing.B) {
			program, err := exec.LookPath(name)
			if err != nil {
				b.Skipf("%s is not installed", name)
			}
			measure(b, size, []int{0}, program, args...)
		})
	}
	tool("jq", "-r", jqQuestion, path)
	tool("duckdb", "-c", duckQuestion(path))
	tool("wc", "-l", path)
}
