package settings

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
	"legacyauth/playbooks"
)

func contosoExpectations() Expectations {
	return Expectations{
		Tenant:     "contoso.onmicrosoft.com",
		BreakGlass: []string{"Break.Glass@contoso.onmicrosoft.com"},
		Exceptions: []string{"88889999-CCCC-0000-DDDD-1111EEEE2222"},
	}
}

func contosoClients() []detect.Client {
	managed := "Microsoft-managed: Block legacy authentication"
	var all []detect.Client
	all = append(all, using(7, detect.SMTP, managed)...)
	all = append(all, using(5, detect.IMAP, managed, "Gone since")...)
	all = append(all, verdict(using(2, detect.POP, managed), detect.Spray)...)
	return append(all, using(1, detect.EAS)...)
}

func exchangeOf(t *testing.T, name string) Exchange {
	t.Helper()
	file, err := os.Open("testdata/exchange/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	x, err := ReadExchange(file)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// The whole answer for one tenant, as a reviewer reads it.
func TestJudgeContoso(t *testing.T) {
	t.Parallel()
	f := contosoFacts(t)
	f.Exchange = exchangeOf(t, "contoso")
	golden(t, "contoso.golden", listing(Judge(f, contosoClients(), contosoExpectations())))
}

func TestJudgeNothing(t *testing.T) {
	t.Parallel()
	golden(t, "nothing.golden", listing(Judge(Facts{}, nil, Expectations{})))
}

func listing(items []Item) string {
	var b strings.Builder
	for _, i := range items {
		fmt.Fprintf(&b, "%s · %s: %s (%s)\n", i.ID, i.Title, i.Answer, i.Severity)
		for _, e := range i.Evidence {
			fmt.Fprintf(&b, "    %s\n", e)
		}
		if i.Missing != "" {
			fmt.Fprintf(&b, "    missing: %s\n", i.Missing)
		}
		if i.Playbook != "" {
			fmt.Fprintf(&b, "    playbook: %s\n", i.Playbook)
		}
		if i.Link != "" {
			fmt.Fprintf(&b, "    %s\n", i.Link)
		}
	}
	return b.String()
}

// Every item has a stable id, an answer, a reason, and a playbook that exists.
func TestItemsAreWhole(t *testing.T) {
	t.Parallel()
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	full := contosoFacts(t)
	full.Exchange = exchangeOf(t, "contoso")
	for name, f := range map[string]Facts{"nothing": {}, "contoso": full} {
		seen := map[string]bool{}
		for _, i := range Judge(f, contosoClients(), Expectations{}) {
			if key := i.ID + " " + i.Subject; seen[key] {
				t.Errorf("%s: two items %s", name, key)
			} else {
				seen[key] = true
			}
			if i.Title == "" || i.Answer == "" || i.Severity == "" {
				t.Errorf("%s: an item is not whole: %+v", name, i)
			}
			if len(i.Evidence) == 0 && i.Missing == "" {
				t.Errorf("%s: %s gives no reason", name, i.ID)
			}
			if i.Answer != CannotTell && i.Missing != "" {
				t.Errorf("%s: %s answers %s and misses %s", name, i.ID, i.Answer, i.Missing)
			}
			if i.Playbook != "" {
				if _, ok := library.ByID(i.Playbook); !ok {
					t.Errorf("%s: %s names the playbook %s, which does not exist", name, i.ID, i.Playbook)
				}
			}
		}
	}
}

func TestJudgeIsPure(t *testing.T) {
	t.Parallel()
	f := contosoFacts(t)
	f.Exchange = exchangeOf(t, "contoso")
	clients := contosoClients()
	first := Judge(f, clients, contosoExpectations())
	if diff := cmp.Diff(first, Judge(f, clients, contosoExpectations())); diff != "" {
		t.Errorf("the second judgement differs:\n%s", diff)
	}
	if diff := cmp.Diff(contosoClients(), clients); diff != "" {
		t.Errorf("it changed the clients:\n%s", diff)
	}
}
