package cli

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/bot/demo"
	"legacyauth/bot/scan"
	"legacyauth/playbooks"
)

// outcome is what the answer and the truth have to agree on.
type outcome struct {
	User, Protocol, Family, Verdict   string
	Total, Succeeded, Blocked, Failed int
	FirstToLast                       string
}

// TestDemoIsTheTruth reads the embedded files through the real readers and
// compares the answer with what the generator knows.
func TestDemoIsTheTruth(t *testing.T) {
	t.Parallel()
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	result, err := scan.Pass{Sources: []scan.Source{files{inputs: demoInputs()}}, Library: library, Today: demo.Today()}.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, truth, err := demo.Split(demo.Contoso())
	if err != nil {
		t.Fatal(err)
	}
	n := result.Coverage.Counts
	got := []int64{n.Read, n.Legacy, n.Unknown, n.Duplicates, n.Foreign, n.Applications, n.Interactive, n.NonInteractive}
	want := []int64{
		int64(truth.Rows), int64(truth.Legacy), int64(truth.Unknown), int64(truth.Duplicates),
		int64(truth.Foreign), int64(truth.Applications), int64(truth.Interactive), int64(truth.NonInteractive),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read, legacy, unknown, duplicates, foreign, applications, interactive, non-interactive (-want +got):\n%s", diff)
	}
	if !result.Coverage.Complete {
		t.Errorf("coverage is incomplete: %v", result.Coverage.Notes)
	}
	left := map[outcome]int{}
	for _, c := range truth.Clients {
		left[outcome{
			User: c.User, Protocol: string(c.Protocol), Family: string(c.Family), Verdict: string(c.Verdict),
			Total: c.Total, Succeeded: c.Succeeded, Blocked: c.Blocked, Failed: c.Failed,
			FirstToLast: c.First.String() + c.Last.String(),
		}]++
	}
	for _, f := range result.Findings {
		o := outcome{
			User: f.User.Name, Protocol: string(f.Protocol), Family: string(f.Device.Family), Verdict: string(f.Verdict),
			Total: f.Tally.Total, Succeeded: f.Tally.Succeeded, Blocked: f.Tally.Blocked, Failed: f.Tally.Failed,
			FirstToLast: f.First.String() + f.Last.String(),
		}
		if left[o] == 0 {
			t.Errorf("not in the truth: %+v", o)
		}
		left[o]--
	}
	for o, n := range left {
		if n > 0 {
			t.Errorf("not in the answer: %+v", o)
		}
	}
}
