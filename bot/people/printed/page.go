package printed

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"sync"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people"
	"legacyauth/bot/people/campaign"
	"legacyauth/playbooks/card"
)

//go:embed page.html
var pageText string

var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"moment": moment,
		"day":    func(t time.Time) string { return t.UTC().Format(time.DateOnly) },
		"clean":  card.Clean,
	}).Parse(pageText))
})

// shown is what the page is made of.
type shown struct {
	Report
	Sentence, Known string
	Picture         template.URL
	Weeks           []campaign.Point
	Groups          []group
}

// group are the clients of one person.
type group struct {
	User  string
	Lines []people.ReportLine
}

// html gives the report as one page that needs nothing else: no script, no
// address, its picture within.
func (r Report) html() ([]chat.File, error) {
	picture, err := r.Picture()
	if err != nil {
		return nil, err
	}
	s := shown{
		Report: r, Sentence: r.Sentence(), Known: Known,
		Picture: template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(picture.Data)), //nolint:gosec // a picture of our own
		Weeks:   weeks(r.Points),
	}
	for _, l := range r.Lines {
		if n := len(s.Groups); n == 0 || s.Groups[n-1].User != l.User {
			s.Groups = append(s.Groups, group{User: l.User})
		}
		g := &s.Groups[len(s.Groups)-1]
		g.Lines = append(g.Lines, l)
	}
	var b bytes.Buffer
	if err := page().Execute(&b, s); err != nil {
		return nil, fmt.Errorf("write the page: %w", err)
	}
	return []chat.File{{Name: r.name() + ".html", Type: "text/html", Data: b.Bytes()}}, nil
}

// weeks gives every seventh day, counted back from the last.
func weeks(points []campaign.Point) []campaign.Point {
	var some []campaign.Point
	for i := (len(points) + 6) % 7; i < len(points); i += 7 {
		some = append(some, points[i])
	}
	return some
}
