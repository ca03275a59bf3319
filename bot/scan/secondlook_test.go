package scan

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/detect"
	"legacyauth/playbooks"
)

var today = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// filtered is a source that reads legacy sign-ins only.
type filtered struct{ legacy []detect.SignIn }

func (f filtered) SignIns(_ context.Context, sink func([]detect.SignIn) error) ([]detect.Part, error) {
	part := detect.Part{Name: "contoso", LegacyOnly: true, Interactive: true, NonInteractive: true}
	return []detect.Part{part}, sink(f.legacy)
}

// neighbors is filtered and can tell who else signs in from a network.
type neighbors struct {
	filtered
	modern map[string][]detect.SignIn
	fails  error
	asked  *[]string
}

func (n neighbors) FromNetwork(_ context.Context, network string, sink func([]detect.SignIn) error) error {
	*n.asked = append(*n.asked, network)
	if n.fails != nil {
		return n.fails
	}
	return sink(n.modern[network])
}

func signIn(id int, user, app, ip string, code int) detect.SignIn {
	return detect.SignIn{
		ID: fmt.Sprint(id), Time: today.Add(-time.Duration(id+1) * time.Minute), User: user, UserID: user, ClientApp: app, IP: ip,
		Agent: "BAV2ROPC", Event: detect.NonInteractive, Result: detect.Result{Known: true, Code: code},
	}
}

func run(t *testing.T, ctx context.Context, source Source) (Result, error) {
	t.Helper()
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return Pass{Sources: []Source{source}, Library: library, Today: today}.Run(ctx)
}

// A forgotten device in the office is told from a guesser by who else signs in
// from there (trap T6), and only networks that fail are asked about.
func TestSecondLook(t *testing.T) {
	t.Parallel()
	const wrong = 50126
	office := []detect.SignIn{
		signIn(1, "ana@contoso.com", "IMAP4", "192.0.2.50", wrong),
		signIn(2, "bob@contoso.com", "IMAP4", "198.51.100.7", 0),
	}
	var crowd []detect.SignIn
	for i := range 20 {
		crowd = append(crowd, signIn(i, fmt.Sprintf("user%d@contoso.com", i), "IMAP4", fmt.Sprintf("203.0.113.%d", i), wrong))
	}
	for _, c := range []struct {
		name     string
		legacy   []detect.SignIn
		modern   map[string][]detect.SignIn
		fails    error
		verdict  detect.Verdict // of ana@contoso.com
		asked    int
		complete bool
		note     string
	}{
		{"somebody works there", office, map[string][]detect.SignIn{"192.0.2.50": {signIn(9, "ana@contoso.com", "Browser", "192.0.2.50", 0)}}, nil, detect.Broken, 1, true, "modern sign-ins were read for 1 network only, the one from which passwords fail"},
		{"nobody works there", office, nil, nil, detect.Spray, 1, true, "modern sign-ins were read for 1 network only"},
		{"nothing fails", office[1:], nil, nil, "", 0, true, ""},
		{"too many networks", crowd, nil, nil, "", mostNetworks, true, "who else signs in was looked up for 12 of the 20 networks"},
		{"no answer", office, nil, errors.New("timed out. Scan less time."), detect.Spray, 1, false, "a forgotten device cannot be told from a guesser everywhere: timed out. Scan less time."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var asked []string
			got, err := run(t, context.Background(), neighbors{filtered{c.legacy}, c.modern, c.fails, &asked})
			if err != nil {
				t.Fatal(err)
			}
			if len(asked) != c.asked {
				t.Errorf("asked for %v", asked)
			}
			for _, f := range got.Findings {
				if f.User.Name == "ana@contoso.com" && f.Verdict != c.verdict {
					t.Errorf("verdict %s, want %s", f.Verdict, c.verdict)
				}
			}
			if got.Coverage.Complete != c.complete || !got.ListedOnly {
				t.Errorf("complete %t, listed client apps only %t", got.Coverage.Complete, got.ListedOnly)
			}
			if c.note != "" && !slices.ContainsFunc(got.Coverage.Notes, func(n string) bool { return strings.Contains(n, c.note) }) {
				t.Errorf("notes %q, want %q", got.Coverage.Notes, c.note)
			}
		})
	}
}

// Without a second look the answer says what it cannot tell.
func TestWithoutSecondLook(t *testing.T) {
	t.Parallel()
	got, err := run(t, context.Background(), filtered{[]detect.SignIn{signIn(1, "ana@contoso.com", "IMAP4", "192.0.2.50", 0)}})
	if err != nil || got.Coverage.Complete || !strings.Contains(strings.Join(got.Coverage.Notes, "\n"), "cannot be told from a guesser") {
		t.Errorf("error %v, coverage %+v", err, got.Coverage)
	}
}

// Ctrl-C during the second look ends the scan; it is no gap in an answer.
func TestSecondLookIsCanceled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var asked []string
	_, err := run(t, ctx, neighbors{filtered{[]detect.SignIn{signIn(1, "ana@contoso.com", "IMAP4", "192.0.2.50", 50126)}}, nil, context.Canceled, &asked})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// whole is a source that read everything.
type whole struct{ filtered }

func (w whole) SignIns(_ context.Context, sink func([]detect.SignIn) error) ([]detect.Part, error) {
	return []detect.Part{{Name: "file", Interactive: true, NonInteractive: true}}, sink(w.legacy)
}

func TestAWholeReadingIsNotListedOnly(t *testing.T) {
	t.Parallel()
	got, err := run(t, context.Background(), whole{filtered{[]detect.SignIn{signIn(1, "ana@contoso.com", "IMAP4", "192.0.2.50", 0)}}})
	if err != nil || got.ListedOnly {
		t.Errorf("error %v, listed client apps only %t", err, got.ListedOnly)
	}
}
