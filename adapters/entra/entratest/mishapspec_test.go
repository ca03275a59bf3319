package entratest_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/entra/entratest"
)

func TestParseRule(t *testing.T) {
	t.Parallel()
	log := func(change func(r *entratest.Rule)) entratest.Rule {
		r := entratest.Rule{Path: "/auditLogs/signIns"}
		change(&r)
		return r
	}
	for _, c := range []struct {
		word string
		want entratest.Rule
	}{
		{"429", log(func(r *entratest.Rule) { r.Mishap = entratest.Throttled(time.Second) })},
		{"429:7@3-5", log(func(r *entratest.Rule) { r.Mishap, r.Skip, r.Times = entratest.Throttled(7*time.Second), 2, 3 })},
		{"503@2", log(func(r *entratest.Rule) { r.Mishap, r.Skip = entratest.Unavailable(time.Second), 1 })},
		{"504:2s>apps=1>window=24h@2", log(func(r *entratest.Rule) {
			r.Mishap, r.MoreThanApps, r.WiderThan, r.Skip = entratest.TimedOut(2*time.Second), 1, 24*time.Hour, 1
		})},
		{"400>apps=10", log(func(r *entratest.Rule) {
			r.Mishap, r.MoreThanApps = entratest.Refused(400, "BadRequest", "Invalid filter clause"), 10
		})},
		{"400>unnamed", log(func(r *entratest.Rule) {
			r.Mishap, r.Unnamed = entratest.Refused(400, "BadRequest", "Invalid filter clause"), true
		})},
		{"reset%beta", log(func(r *entratest.Rule) { r.Mishap, r.Version = entratest.ConnectionReset(), "beta" })},
		{"cut:4096>top=500", log(func(r *entratest.Rule) { r.Mishap, r.LargerThan = entratest.CutShort(4096), 500 })},
		{"slow:10/5ms", log(func(r *entratest.Rule) { r.Mishap = entratest.SlowBody(10, 5*time.Millisecond) })},
		{"repeat:5", log(func(r *entratest.Rule) { r.Mishap = entratest.Repeated(5) })},
		{"foreign", log(func(r *entratest.Rule) { r.Mishap = entratest.ForeignLink("https://graph.example.com") })},
		{"license", log(func(r *entratest.Rule) { r.Mishap = entratest.NoLicense() })},
		{"role@1-1", log(func(r *entratest.Rule) { r.Mishap, r.Times = entratest.NoRole(), 1 })},
	} {
		got, err := entratest.ParseRule(c.word)
		if err != nil {
			t.Errorf("%s: %v", c.word, err)
		} else if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.word, diff)
		}
	}
	for _, word := range []string{"", "nothing", "429:soon", "504:-1s", "cut", "cut:-1", "slow:0/1s", "slow:5", "reset@0", "reset@5-3", "reset>apps=0", "reset>window=soon", "reset%v2", "reset@", "reset>", "400>unnamed=1"} {
		if r, err := entratest.ParseRule(word); err == nil {
			t.Errorf("%q is understood as %+v", word, r)
		}
	}
}

func FuzzParseRule(f *testing.F) {
	for _, seed := range []string{"429:7@3-5", "504:2s>apps=1>window=24h@2", "slow:10/5ms%beta", "cut:4096>top=500"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, word string) {
		r, err := entratest.ParseRule(word)
		if err == nil && (r.Mishap == entratest.Mishap{} || r.Skip < 0 || r.Times < 0) {
			t.Errorf("%q gives %+v", word, r)
		}
	})
}
