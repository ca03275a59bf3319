package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"legacyauth/adapters/export"
	"legacyauth/bot/bench"
)

// Bench compares this program with others on somebody's own log.
type Bench struct {
	Files  []string      `arg:"" name:"file" help:"A sign-in log, in any shape that scan takes. Each is asked about on its own."`
	Runs   int           `default:"1" help:"How often each program is asked; the run of median time counts. 1 to 100."`
	Limit  time.Duration `default:"10m" placeholder:"TIME" help:"Stop a run of another program after this long: 90s, 10m; 0 for never. Default: ${default}."`
	Output string        `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
	Answer bool          `hidden:"" help:"Print this program's answer alone, as JSON."`
}

// Help is the long help of the command.
func (Bench) Help() string {
	return `Asks this program and each of DuckDB, jq, Python and PowerShell that is installed the same question about a log: how many legacy sign-ins there are of each user, protocol, user agent and outcome. It compares the answers and shows time, rate, peak memory and how many times as long each took. DuckDB is asked twice: as somebody asks who knows the log and names the columns, and with its automatic schema.

Every program is a process of its own, started anew for each run; the file is read once before, so that each finds it in memory. Nothing is changed, and nothing leaves the machine.

Examples:
  legacyauth bench signins.jsonl
  legacyauth bench --runs 5 InteractiveSignIns.json NonInteractiveSignIns.csv
  legacyauth bench --limit 1m --output json signins.jsonl.gz

Exit codes: 0 done, 1 error or answers that differ, 2 wrong usage.`
}

// Run compares.
func (c *Bench) Run(ctx context.Context, env *Env) error {
	if c.Runs < 1 || c.Runs > 100 {
		return usageError{fmt.Errorf("%d runs: choose 1 to 100 with --runs", c.Runs)}
	}
	if c.Limit < 0 {
		return usageError{fmt.Errorf("a limit of %s: choose a time such as 90s, or 0 for none, with --limit", c.Limit)}
	}
	inputs := make([]export.Input, len(c.Files))
	for i, path := range c.Files {
		in, err := benchInput(path)
		if err != nil {
			return err
		}
		inputs[i] = in
	}
	if c.Answer {
		return printAnswer(ctx, env, inputs)
	}
	self, err := ownProgram()
	if err != nil {
		return err
	}
	shown := &screen{env: env, began: env.Now()}
	comparison := bench.Comparison{
		Self: []string{self, "bench", "--answer", "--"}, Runs: c.Runs, Limit: c.Limit, Peers: bench.Peers(),
	}
	var all []bench.Compared
	for i, path := range c.Files {
		stop := shown.tick(inputs[i].Name + ": ")
		comparison.Telling = stop.say
		compared, err := comparison.Ask(ctx, path)
		stop.end()
		if err != nil {
			return err
		}
		all = append(all, compared)
	}
	if c.Output == "json" {
		err = printJSON(env.Stdout, benchFiles(all))
	} else {
		err = benchText(env, all)
	}
	if err != nil {
		return fmt.Errorf("write the comparison: %w", err)
	}
	for _, compared := range all {
		if !compared.Equal() {
			return exit(ExitError)
		}
	}
	return nil
}

// benchInput is a file as scan would open it. Only files can be given to other
// programs.
func benchInput(path string) (export.Input, error) {
	if path == "-" {
		return export.Input{}, usageError{errors.New("standard input can be read only once; write it to a file and give that")}
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return export.Input{}, usageError{fmt.Errorf("%s is a folder; name the files in it", path)}
	}
	inputs, err := export.Inputs([]string{path}, nil)
	if err != nil {
		return export.Input{}, err
	}
	if len(inputs) != 1 || inputs[0].Size < 0 {
		return export.Input{}, usageError{fmt.Errorf("%s can be read only once; write it to a file and give that", path)}
	}
	return inputs[0], nil
}

func printAnswer(ctx context.Context, env *Env, inputs []export.Input) error {
	for _, in := range inputs {
		own, err := bench.ReadOwn(ctx, in, env.Heap.reader())
		if err != nil {
			return err
		}
		if err := own.Write(env.Stdout); err != nil {
			return err
		}
	}
	return nil
}

// ownProgram is this program, as it was started.
func ownProgram() (string, error) {
	self, err := exec.LookPath(os.Args[0])
	if err != nil {
		if self, err = os.Executable(); err != nil {
			return "", fmt.Errorf("find this program itself: %w", err)
		}
	}
	return self, nil
}
