package config

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/owners"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/language"
	"legacyauth/storage"
)

// People says how people are told about their devices.
type People struct {
	// Workspace is where they are looked for by work address: "slack:T0123". A tenant
	// to which workspaces are bound has its people looked for in those.
	Workspace string `yaml:"workspace"`
	// Folder is a folder of log files, one for each person, in place of a chat
	// platform: to try everything without an account anywhere.
	Folder string `yaml:"folder"`
	// Check says where people can make sure that a message is genuine, in words:
	// "the page Mail sign-in on intranet.contoso.com".
	Check string `yaml:"check"`
	// Help is the help desk's place; empty: that of the admins.
	Help string `yaml:"help"`
	// Language and Zone are those of people of whom nothing is known.
	Language string `yaml:"language"`
	Zone     string `yaml:"zone"`
	// Quiet are the hours in which nobody is messaged, by their own clock; empty:
	// QuietUsually.
	Quiet string `yaml:"quiet"`
	// Days are the days of the week on which people are messaged; empty: Monday to
	// Friday.
	Days []string `yaml:"days"`

	help  chat.Place
	hours storage.Quiet
	off   [7]bool
}

// QuietUsually is when people are not messaged where the file does not say.
const QuietUsually = "18:00-09:00"

// Given says whether the configuration has anything to say of telling people.
func (p People) Given() bool {
	return p.Workspace != "" || p.Folder != "" || p.Check != "" || p.Help != ""
}

// HelpPlace is the help desk's place; zero: that of the admins.
func (p People) HelpPlace() chat.Place { return p.help }

// QuietHours are the hours in which nobody is messaged.
func (p People) QuietHours() storage.Quiet { return p.hours }

// DaysOff are the days of the week on which nobody is messaged.
func (p People) DaysOff() [7]bool { return p.off }

// At gives the platform and workspace where people are looked for; false: none
// is named.
func (p People) At() (platform, workspace string, ok bool) {
	platform, workspace, _ = strings.Cut(p.Workspace, ":")
	return platform, workspace, platform != ""
}

// checkPeople finds what is wrong with how people are told.
func (c *Config) checkPeople(path string) error {
	wrong := func(field, what, do string) error {
		return &Error{File: path, Line: cmp.Or(c.peopleLines[field], c.lines["people"], 1), What: what, Do: do}
	}
	p := &c.People
	platform, workspace, named := p.At()
	switch {
	case p.Folder != "" && p.Workspace != "":
		return wrong("workspace", "People are told in a folder and in a workspace.", "Keep one of the two: workspace: where people read it, folder: to try everything without a chat account.")
	case p.Workspace != "" && (!named || workspace == ""):
		return wrong("workspace", "The workspace in which people are looked for is not of its form.", "Write workspace: slack:T0123, the platform and its id of the workspace.")
	case named && !slices.ContainsFunc(c.platforms, func(known Platform) bool { return known.Name == platform }):
		return wrong("workspace", "People are looked for on "+card.Clean(platform)+", of which the configuration says nothing.", "Add the platform, as `legacyauth manifest slack` shows, or write folder: notices in place of workspace.")
	case p.Language != "" && !slices.Contains(language.Codes(), p.Language):
		return wrong("language", "People cannot be told in the language "+card.Clean(p.Language)+".", "Write one of "+strings.Join(language.Codes(), ", ")+"; a person whose locale is known reads their own.")
	}
	if p.Folder != "" && !filepath.IsAbs(p.Folder) {
		p.Folder = filepath.Join(c.dir, p.Folder)
	}
	if _, err := time.LoadLocation(p.Zone); err != nil || p.Zone == "Local" {
		return wrong("zone", "The time zone of people is not known.", "Write zone: Europe/Berlin, or another name of the IANA list.")
	}
	var err error
	if p.hours, err = quietHours(cmp.Or(p.Quiet, QuietUsually)); err != nil {
		return wrong("quiet", "The quiet hours of people cannot be read: "+err.Error()+".", "Write quiet: 18:00-09:00.")
	}
	if p.off, err = daysOff(p.Days); err != nil {
		return wrong("days", "The days on which people are messaged cannot be read: "+err.Error()+".", "Write days: [monday, tuesday, wednesday, thursday, friday].")
	}
	if p.Help != "" {
		if p.help, err = c.PlaceNamed(p.Help); err != nil {
			if p.help, err = chat.ParsePlace(p.Help); err != nil {
				return wrong("help", "The place of the help desk is none that is known.", "Write help: slack:TEAM:CHANNEL, terminal or logfile:PATH.")
			}
		}
	}
	for i, r := range c.Owners {
		if what := ownerFault(r); what != "" {
			line := c.lines["owners"]
			if i < len(c.ownerLines) {
				line = c.ownerLines[i][""]
			}
			return &Error{File: path, Line: cmp.Or(line, 1), What: "A rule of owners " + what + ".", Do: `Write - {families: [printer], owner: facilities@contoso.com}; owner: admins routes to the admins.`}
		}
	}
	return nil
}

func ownerFault(r owners.Rule) string {
	if r.Owner != owners.Admins && !strings.Contains(r.Owner, "@") {
		return "names no owner"
	}
	if len(r.Users) == 0 && len(r.Families) == 0 && len(r.Protocols) == 0 && !r.Disabled {
		return "would take every client"
	}
	for _, u := range r.Users {
		if !owners.Valid(u) {
			return "has a pattern of users that cannot be read"
		}
	}
	for _, f := range r.Families {
		if !f.Valid() {
			return fmt.Sprintf("names the family %q, which there is not", f)
		}
	}
	for _, p := range r.Protocols {
		if p.Name() == "unknown client app" && p != "unknown" {
			return fmt.Sprintf("names the protocol %q, which there is not", p)
		}
	}
	return ""
}

func quietHours(text string) (storage.Quiet, error) {
	from, to, ok := strings.Cut(text, "-")
	if !ok {
		return storage.Quiet{}, errors.New("they are no stretch of hours")
	}
	var ends [2]int
	for i, word := range []string{from, to} {
		at, err := time.Parse("15:04", strings.TrimSpace(word))
		if err != nil {
			return storage.Quiet{}, fmt.Errorf("%q is no time of day", word)
		}
		ends[i] = at.Hour()*60 + at.Minute()
	}
	return storage.Quiet{From: ends[0], To: ends[1]}, nil
}

// daysOff gives the days that are not in the list.
func daysOff(days []string) ([7]bool, error) {
	if len(days) == 0 {
		days = []string{"monday", "tuesday", "wednesday", "thursday", "friday"}
	}
	off := [7]bool{true, true, true, true, true, true, true}
	for _, word := range days {
		known := false
		for d := time.Sunday; d <= time.Saturday; d++ {
			if strings.EqualFold(word, d.String()) {
				off[d], known = false, true
			}
		}
		if !known {
			return off, fmt.Errorf("%q is no day of the week", word)
		}
	}
	return off, nil
}
