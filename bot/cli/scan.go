package cli

import (
	"context"
	"slices"
	"time"

	"legacyauth/adapters/export"
	"legacyauth/bot/report"
	"legacyauth/bot/scan"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// Scan finds legacy clients in sign-in logs.
type Scan struct {
	TenantFlags
	From      []string `sep:"none" placeholder:"FILE" help:"A sign-in log: JSON, JSON lines or CSV, plain, gzip or zip; a folder of them; - for standard input. Repeat for several files, which are one scan. Without it the tenants of the configuration are scanned."`
	Since     Age      `placeholder:"AGE" help:"Leave out sign-ins older than this: 12h, 30d, 4w. Default: everything in the files, 30d of a tenant."`
	Files     []string `arg:"" optional:"" name:"file" help:"The same as --from."`
	Cards     bool     `help:"After the table, also show the card with the steps for each kind of client (text only)."`
	V1        bool     `name:"v1" help:"Ask Graph v1.0 instead of beta. It has interactive sign-ins only, and coverage says so."`
	Output    string   `short:"o" enum:"text,json,csv,ndjson" default:"text" help:"How to print: ${enum}."`
	FailOn    []string `placeholder:"VERDICT" enum:"in-use,blocked,broken,spray,leaked" help:"Exit with code 4 when a client with this verdict is found: ${enum}."`
	Playbooks string   `type:"existingdir" placeholder:"DIR" help:"Lay your own playbooks over the built-in ones."`

	// contact is whom cards tell people to ask.
	contact string
}

// Help is the long help of the command.
func (Scan) Help() string {
	return `What each file is, is found from its content. Portal CSVs alone do not say which of the two logs they are: there the portal's own file name (InteractiveSignIns, NonInteractiveSignIns) is a last hint, and a note says so. A file that is not a sign-in log, or lacks the columns to decide, is refused.

Without --from the tenants of the configuration are scanned; legacyauth doctor says what is missing for that.

Where to get the files:
  Entra admin center > Monitoring & health > Sign-in logs > Download, once for
  the interactive and once for the non-interactive sign-ins; or the blobs of a
  diagnostic setting; or the result of a Log Analytics query as CSV.

Examples:
  legacyauth scan --from InteractiveSignIns.json --from NonInteractiveSignIns.csv --since 30d
  gzip -dc signins.jsonl.gz | legacyauth scan --from -
  legacyauth scan --from logs/ --output json > clients.json
  legacyauth scan --from signins.zip --fail-on in-use --fail-on leaked
  legacyauth scan --since 7d
  legacyauth scan --since 7d --tenant contoso

Exit codes: 0 done, 1 error, 2 wrong usage, 3 coverage incomplete, 4 found what --fail-on names (4 wins over 3).`
}

// Run scans and prints the answer.
func (c *Scan) Run(ctx context.Context, env *Env) error {
	c.From = append(c.From, c.Files...)
	tables := make(chan error, 1) // read beside the library: together they are a third of a small scan
	go func() { tables <- useragent.Check() }()
	library, err := openLibrary(env, c.Playbooks)
	if err != nil {
		return err
	}
	if len(c.From) == 0 {
		env.Heap.Back()
		return c.tenants(ctx, env, library)
	}
	inputs, err := export.Inputs(c.From, env.Stdin)
	if err != nil {
		return err
	}
	if err := <-tables; err != nil {
		return err
	}
	progress := startProgress(env, inputs)
	now := env.Now()
	window := scan.Since(now, time.Duration(c.Since))
	result, err := scan.Pass{
		Sources: []scan.Source{files{inputs, progress, env.Heap, &window}},
		Window:  window,
		Today:   now,
		Library: library,
	}.Run(ctx)
	progress.Stop()
	if err != nil {
		return err
	}
	if err := c.print(env, result, now); err != nil {
		return err
	}
	return c.exit(result)
}

func (c *Scan) print(env *Env, r scan.Result, now time.Time) error {
	switch c.Output {
	case "json":
		return report.JSON(env.Stdout, r)
	case "ndjson":
		return report.NDJSON(env.Stdout, r)
	case "csv":
		if err := report.CSV(env.Stdout, r); err != nil {
			return err
		}
		return report.CoverageText(env.Stderr, env.Err, r.Coverage)
	}
	if err := report.Text(env.Stdout, env.Out, r, now); err != nil || !c.Cards {
		return err
	}
	return cards(env, r, now, c.contact)
}

func (c *Scan) exit(r scan.Result) error {
	for _, f := range r.Findings {
		if slices.Contains(c.FailOn, string(f.Verdict)) {
			return exit(ExitFound)
		}
	}
	if !r.Coverage.Complete {
		return exit(ExitIncomplete)
	}
	return nil
}

// files are log files as one source: pages of one answer can lie in several of
// them.
type files struct {
	inputs   []export.Input
	progress *progress
	heap     *Heap
	window   *detect.Window // of the Fold that gets all rows; nil for anything else
}

func (f files) SignIns(ctx context.Context, sink func([]detect.SignIn) error) ([]detect.Part, error) {
	reports := make([]export.Report, 0, len(f.inputs))
	for _, in := range f.inputs {
		shown, counted := f.progress.Reader(), f.heap.reader()
		r, err := export.Read(ctx, in, export.Options{FoldOver: f.window, Progress: func(read int64) {
			counted(read)
			if shown != nil {
				shown(read)
			}
		}}, sink)
		if err != nil {
			return nil, err
		}
		reports = append(reports, r)
	}
	return export.Parts(reports), nil
}
