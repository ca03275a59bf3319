package doctor_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack"
	"legacyauth/adapters/slack/slackfake"
	"legacyauth/bot/doctor"
)

// A place of the admins in a workspace without the app is found before anything is
// lost there.
func TestAdminsInAWorkspaceWithoutTheApp(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		place chat.Place
		works bool
		says  string
	}{
		"where the app is":     {chat.Place{Platform: slack.Name, Workspace: slackfake.Team, Channel: "C1"}, true, "is in a workspace in which the app is"},
		"where the app is not": {chat.Place{Platform: slack.Name, Workspace: "T0OTHER", Channel: "C1"}, false, "in the workspace T0OTHER, in which the app is not: it is in " + slackfake.Team},
		"elsewhere altogether": {chat.Place{Platform: chat.LogFile, Channel: "alerts.log"}, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := slackfake.New(t, slackfake.Options{})
			found := doctor.ExamineSlack(t.Context(), time.Now, func() (slack.Options, error) {
				return slack.Options{Installations: []slack.Installation{{BotToken: slackfake.BotToken, AppToken: slackfake.AppToken}}, Now: time.Now, API: s.API()}, nil
			}, []doctor.Named{{Under: "admins", Place: tc.place}})
			said := ""
			for _, c := range found.Checks {
				if c.Name == "admins" {
					said += c.Detail
				}
			}
			if found.Works() != tc.works || !strings.Contains(said, tc.says) || said != "" && tc.says == "" {
				t.Errorf("works %t: %s", found.Works(), said)
			}
		})
	}
}
