package news_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"legacyauth/bot/news"
	"legacyauth/detect"
	"legacyauth/storage"
)

var known = news.Known{Tenants: []string{"contoso", "fabrikam"}, Zones: time.LoadLocation}

func TestParseAlerts(t *testing.T) {
	t.Parallel()
	usual := func(edits ...func(*storage.Subscription)) storage.Subscription {
		s := storage.Subscription{Mode: "alert", Digest: storage.DigestTurn{Day: time.Monday, Minute: 480}}
		for _, edit := range edits {
			edit(&s)
		}
		return s
	}
	tests := map[string]struct {
		words string
		want  storage.Subscription
		err   string
	}{
		"nothing": {"", usual(), ""},
		"everything": {
			"--only in-use --protocol smtp --tenant contoso --severity high --quiet 20:00-07:00 --zone Europe/Berlin --both --day friday --at 16:30",
			storage.Subscription{
				Filter: storage.Filter{Only: []string{"in-use"}, Protocols: []detect.Protocol{detect.SMTP}, Tenants: []string{"contoso"}, Severity: "high"},
				Quiet:  storage.Quiet{From: 1200, To: 420}, Zone: "Europe/Berlin", Mode: "both",
				Digest: storage.DigestTurn{Day: time.Friday, Minute: 990},
			},
			"",
		},
		"lists and repeats": {"--only in-use,verified --only in-use --protocol=SMTP,pop", usual(func(s *storage.Subscription) {
			s.Filter = storage.Filter{Only: []string{"in-use", "verified"}, Protocols: []detect.Protocol{detect.SMTP, detect.POP}}
		}), ""},
		"dashes of a phone": {"\u2014only leaked \u2013quiet 20:00\u201307:00", usual(func(s *storage.Subscription) {
			s.Filter.Only, s.Quiet = []string{"leaked"}, storage.Quiet{From: 1200, To: 420}
		}), ""},
		"digest":              {"--digest", usual(func(s *storage.Subscription) { s.Mode = "digest" }), ""},
		"mistyped option":     {"--protcol smtp", storage.Subscription{}, `"--protcol" is no option of alerts; did you mean --protocol?`},
		"no option":           {"loudly", storage.Subscription{}, `"loudly" is no option of alerts; use one of --only`},
		"mistyped verdict":    {"--only inuse", storage.Subscription{}, `--only: "inuse" is no verdict or kind of news; did you mean in-use?`},
		"mistyped protocol":   {"--protocol smpt", storage.Subscription{}, `--protocol: "smpt" is no protocol; did you mean smtp?`},
		"mistyped tenant":     {"--tenant contso", storage.Subscription{}, `--tenant: "contso" is no tenant of this program; did you mean contoso?`},
		"mistyped severity":   {"--severity hihg", storage.Subscription{}, `--severity: "hihg" is no severity; did you mean high?`},
		"mistyped zone":       {"--zone Europe/Berln", storage.Subscription{}, `--zone: "Europe/Berln" is no time zone; did you mean Europe/Berlin?`},
		"the machine's zone":  {"--zone Local", storage.Subscription{}, `--zone: "Local" is no time zone`},
		"mistyped day":        {"--both --day mondy", storage.Subscription{}, `--day: "mondy" is no day of the week; did you mean monday?`},
		"not a time":          {"--quiet 20:00-25:00", storage.Subscription{}, `--quiet: "25:00" is no time of day; write it as 07:30`},
		"not hours":           {"--quiet night", storage.Subscription{}, `--quiet: "night" is no stretch of hours; write it as 20:00-07:00`},
		"always quiet":        {"--quiet 20:00-20:00", storage.Subscription{}, `begins and ends at the same time`},
		"no value":            {"--only --protocol smtp", storage.Subscription{}, `--only needs a value`},
		"no value at the end": {"--zone", storage.Subscription{}, `--zone needs a value`},
		"digest and both":     {"--digest --both", storage.Subscription{}, `use --digest or --both, once`},
		"day without digest":  {"--day friday", storage.Subscription{}, `add --digest or --both`},
		"empty value":         {"--only=", storage.Subscription{}, `"" is no verdict`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := news.ParseAlerts(strings.Fields(tt.words), known)
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Fatalf("error %v, want %q", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestSpellReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := storage.Subscription{
			Mode:   rapid.SampledFrom([]string{"alert", "digest", "both"}).Draw(t, "mode"),
			Zone:   rapid.SampledFrom([]string{"", "UTC", "Asia/Tokyo"}).Draw(t, "zone"),
			Digest: storage.DigestTurn{Day: time.Monday, Minute: 480},
			Quiet:  storage.Quiet{From: rapid.IntRange(0, 1439).Draw(t, "from"), To: rapid.IntRange(0, 1439).Draw(t, "to")},
		}
		if s.Quiet.From == s.Quiet.To {
			s.Quiet = storage.Quiet{}
		}
		if s.Mode != "alert" {
			s.Digest = storage.DigestTurn{Day: time.Weekday(rapid.IntRange(0, 6).Draw(t, "day")), Minute: rapid.IntRange(0, 1439).Draw(t, "minute")}
		}
		if rapid.Bool().Draw(t, "filtered") {
			s.Filter = storage.Filter{Only: []string{"in-use", "deadline"}, Protocols: []detect.Protocol{detect.EWS}, Tenants: []string{"fabrikam"}, Severity: "medium"}
		}
		got, err := news.ParseAlerts(news.Spell(s), known)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(s, got); diff != "" {
			t.Fatalf("%v: -want +got\n%s", news.Spell(s), diff)
		}
	})
}

func FuzzParseAlerts(f *testing.F) {
	for _, s := range []string{"--only in-use", "--quiet 20:00-07:00 --zone Europe/Berlin", "\u2014both --at=08:00", "--zone ../../etc/passwd", "--only ,,", "--"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := news.ParseAlerts(strings.Fields(text), known)
		if err != nil {
			return
		}
		again, err := news.ParseAlerts(news.Spell(s), known)
		if err != nil {
			t.Fatalf("%q is spelled %v: %v", text, news.Spell(s), err)
		}
		if diff := cmp.Diff(s, again); diff != "" {
			t.Fatalf("%q: %s", text, diff)
		}
	})
}
