package detect_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
)

// What is drained and put in order is what Clients gives.
func TestDrainGivesWhatClientsGives(t *testing.T) {
	t.Parallel()
	fold := detect.NewFold(detect.Window{})
	for i := range 200 {
		row := detect.SignIn{
			ID: fmt.Sprint(i), User: fmt.Sprintf("user%d@contoso.com", i%40), ClientApp: []string{"IMAP4", "Authenticated SMTP", "Exchange ActiveSync"}[i%3],
			Agent: []string{"", "Apple-iPhone12C1/1907.71"}[i%2], IP: fmt.Sprintf("192.0.2.%d", i%7),
			Time: time.Date(2026, 11, 1+i%20, 8, 0, 0, 0, time.UTC), Result: detect.Result{Known: true, Code: []int{0, 50126, 53003}[i%3]},
		}
		fold.Add(&row)
	}
	want := fold.Clients()
	n, all := fold.Drain()
	got := slices.SortedFunc(all, func(a, b detect.Client) int { return a.Compare(&b) })
	if n != len(want) || len(want) < 40 {
		t.Errorf("%d clients are said, want %d", n, len(want))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !slices.IsSortedFunc(want, func(a, b detect.Client) int {
		return slices.Index(detect.Verdicts(), a.Verdict) - slices.Index(detect.Verdicts(), b.Verdict)
	}) {
		t.Error("clients are not sorted by verdict")
	}
}
