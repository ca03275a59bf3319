// Command gensignins writes synthetic sign-in logs of any size, for measuring
// and testing. It is a developer's program and no part of what is released.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"legacyauth/bot/demo"
	"legacyauth/bot/demo/graphlog"
)

const examples = `Write a synthetic sign-in log of a tenant that does not exist.

Examples:

  gensignins --rows 1000000 -o signins.jsonl
  gensignins --bytes 10GB | legacyauth scan --from -
  gensignins --rows 50000 --shape portal-csv --clients 100 -o NonInteractiveSignIns.csv
  gensignins --bytes 1GB --shape diagnostic --legacy 0.5 --clients 100000 -o insights.jsonl

Equal flags give equal bytes. What was written is said on standard error.`

type flags struct {
	Rows    int64          `help:"End after this many rows (default: 100000 unless --bytes is given)." placeholder:"N"`
	Bytes   size           `help:"End at the first row past this size: 500MB, 10GB, 1GiB." placeholder:"SIZE"`
	Users   int            `help:"People in the tenant (default: ${default})." default:"5000" placeholder:"N"`
	Clients int            `help:"Legacy clients they have together, such as 10 to 100000 (default: ${default})." default:"2000" placeholder:"N"`
	Legacy  float64        `help:"Share of rows that are legacy (default: ${default})." default:"0.04" placeholder:"SHARE"`
	Shape   graphlog.Shape `help:"Form of the log: ${enum} (default: ${default})." enum:"graph,diagnostic,array,page,portal-csv" default:"graph" placeholder:"SHAPE"`
	Seed    uint64         `help:"Decides everything left to chance (default: ${default})." default:"1" placeholder:"N"`
	Out     string         `short:"o" help:"File to write; - is standard output (default: ${default})." default:"-" placeholder:"FILE"`
	Demo    string         `help:"Write the log embedded in the program into this directory instead." placeholder:"DIR"`
}

func main() {
	var f flags
	kong.Parse(&f, kong.Name("gensignins"), kong.Description(examples))
	if err := f.run(os.Stdout, os.Stderr); err != nil && !errors.Is(err, syscall.EPIPE) {
		fmt.Fprintln(os.Stderr, "gensignins:", err)
		os.Exit(1)
	}
}

func (f *flags) run(stdout, stderr io.Writer) error {
	if f.Demo != "" {
		return embed(f.Demo, stderr)
	}
	if f.Out == "-" {
		return f.stream(stdout, stderr)
	}
	file, err := os.Create(f.Out)
	if err != nil {
		return fmt.Errorf("create the log: %w", err)
	}
	return errors.Join(f.stream(file, stderr), file.Close())
}

func (f *flags) stream(w, stderr io.Writer) error {
	c := demo.StreamConfig{
		Seed: f.Seed, Rows: f.Rows, Bytes: int64(f.Bytes), Users: f.Users, Clients: f.Clients,
		Legacy: f.Legacy, Shape: f.Shape, From: demo.Contoso().From, To: demo.Contoso().To,
	}
	if c.Rows == 0 && c.Bytes == 0 {
		c.Rows = 100_000
	}
	begin := time.Now()
	done, err := demo.Stream(c, w)
	if err != nil {
		return err
	}
	megabytes := float64(done.Bytes) / 1e6
	_, err = fmt.Fprintf(stderr, "%d rows, %.1f MB, %d legacy rows of %d clients, %d of them repeated, %.0f MB/s\n",
		done.Rows, megabytes, done.Legacy, done.Clients, done.Duplicates, megabytes/time.Since(begin).Seconds())
	return err
}

// embed writes the files that package demo embeds.
func embed(dir string, stderr io.Writer) error {
	files, truth, err := demo.Split(demo.Contoso())
	if err != nil {
		return err
	}
	out := bufio.NewWriter(stderr)
	for _, file := range files {
		path := filepath.Join(dir, file.Name)
		if err := os.WriteFile(path, file.Data, 0o644); err != nil {
			return fmt.Errorf("write the embedded log: %w", err)
		}
		_, _ = fmt.Fprintf(out, "%s: %d bytes\n", path, len(file.Data))
	}
	_, _ = fmt.Fprintf(out, "%d rows, %d clients\n", truth.Rows, len(truth.Clients))
	return out.Flush()
}
