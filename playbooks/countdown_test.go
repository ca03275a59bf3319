package playbooks_test

import (
	"strings"
	"testing"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
)

// What a card counts down to is the client's own day, as in a scan; the
// playbook's stands in where the client has none.
func TestCountdown(t *testing.T) {
	t.Parallel()
	files := source(t)
	files["mine.md"] = written("mine", "retirement: smtp-basic\n")
	files["mine.md"].Data = []byte(strings.Replace(string(files["mine.md"].Data), "## Why now\nW", "## Why now\nEnds {{retires}} ({{days}}); EWS, {{date:ews-gone}}.", 1))
	l, err := playbooks.Load(files, today)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := l.ByID("mine")
	const ews = "; EWS, 2027-04-01."
	for name, tt := range map[string]struct {
		client *detect.Client
		want   string
		dated  bool
	}{
		"nobody":              {nil, "Ends end of December 2026 (38 days left)", true},
		"its own protocol":    {&detect.Client{Protocol: detect.SMTP}, "Ends end of December 2026 (38 days left)", true},
		"its own family":      {&detect.Client{Protocol: detect.SMTP, Device: detect.Device{Family: useragent.Printer}}, "Ends 2028-09-01 (648 days left)", true},
		"another protocol":    {&detect.Client{Protocol: detect.EAS}, "Ends 2022-10-01 (since 2022-10-01)", true},
		"not in the calendar": {&detect.Client{Protocol: detect.OAB}, "Ends end of December 2026 (38 days left)", true},
		"a token":             {&detect.Client{Protocol: detect.SMTP, Auth: detect.Auth{Kind: detect.Token}}, "Ends not known (the date is not known)", false},
		"a token over EWS":    {&detect.Client{Protocol: detect.EWS, Auth: detect.Auth{Kind: detect.Token}}, "Ends 2027-04-01 (129 days left)", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := p.Card(playbooks.Facts{Client: tt.client, Today: today})
			if text := everyText(c); !strings.Contains(text, tt.want+ews) {
				t.Errorf("the card does not say %q:\n%s", tt.want+ews, text)
			}
			if dated := c.Fallback != "T"; dated != tt.dated {
				t.Errorf("the fallback is %q", c.Fallback)
			}
		})
	}
}

// An operator's date changes what every playbook says of it.
func TestDateFollowsTheCalendar(t *testing.T) {
	t.Parallel()
	files := source(t)
	files["printer.md"].Data = []byte(strings.Replace(string(files["printer.md"].Data), "Then wait.", "Then wait for {{date:ews-gone}}.", 1))
	files["calendar.yaml"].Data = []byte(strings.Replace(string(files["calendar.yaml"].Data), "date: 2027-04-01", "date: 2027-06-30\n  words: the end of June 2027", 1))
	l, err := playbooks.Load(files, today)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := l.ByID("printer")
	if text := everyText(p.Card(playbooks.Facts{Today: today})); !strings.Contains(text, "Then wait for the end of June 2027.") {
		t.Errorf("the card does not follow the calendar:\n%s", text)
	}
}
