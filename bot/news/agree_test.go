package news_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/bot/news"
	"legacyauth/bot/report"
	"legacyauth/bot/scan"
	"legacyauth/detect"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// TestTheFirstMessageCountsAsAScanDoes holds the two answers that an admin
// compares to each other: of each verdict, protocol and kind of sign-in one client.
func TestTheFirstMessageCountsAsAScanDoes(t *testing.T) {
	t.Parallel()
	var clients []storage.Client
	var found []detect.Client
	for _, v := range []detect.Verdict{detect.Leaked, detect.InUse, detect.Blocked, detect.Broken, detect.Spray} {
		for _, p := range []detect.Protocol{detect.SMTP, detect.EWS, detect.EAS, detect.Unknown} {
			for _, kind := range detect.AuthKinds() {
				c := client(fmt.Sprintf("k%d", len(clients)), verdict(v, "of the test"))
				c.Protocol, c.Auth.Kind = p, kind
				clients, found = append(clients, c), append(found, c.Client)
			}
		}
	}
	in := turn(t, fresh(clients...)...)
	in.Marks = nil
	first := told(t, in, news.Baseline).Card
	scanned := report.Found(scan.Result{Coverage: in.Coverage, Findings: scan.Advise(found, in.Library, in.Now)}, in.Now)

	if got, want := card.Plainly(first.Title), card.Plainly(scanned.Title); got != want {
		t.Errorf("the first message says %q, a scan %q", got, want)
	}
	said, want := factsOf(first), factsOf(scanned)
	delete(want, "Password spray") // the scan names its playbook
	if len(want) < 4 {
		t.Fatalf("a scan says no more than %v", want)
	}
	for name, words := range want {
		if diff := cmp.Diff(words, said[name]); diff != "" {
			t.Errorf("%s: -scan +first message\n%s", name, diff)
		}
	}
}

// factsOf gives the facts of a card by name.
func factsOf(c card.Card) map[string]string {
	facts := map[string]string{}
	for _, b := range c.Blocks {
		if list, ok := b.(card.Facts); ok {
			for _, f := range list.Pairs {
				facts[f.Name] = card.Plainly(f.Value)
			}
		}
	}
	return facts
}
