package app

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/slack/slackfake"
)

// TestRevokedTokenOnSlack runs the whole program on a workspace that takes the app's
// token away: health turns red in clear words, by Socket Mode and by signed HTTP.
func TestRevokedTokenOnSlack(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"socket", "http"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			health, requests := freePort(t), freePort(t)
			o := slackfake.Options{Scopes: slackfake.Least()}
			how := "app-token: {file: app.txt}"
			if mode == "http" {
				o.RequestURL = fmt.Sprintf("http://127.0.0.1:%d/slack/events", requests)
				how = fmt.Sprintf("signing-secret: {file: signing.txt}, listen: \"127.0.0.1:%d\"", requests)
			}
			a := audience{slackfake.New(t, o), t}
			d := &desk{dir: t.TempDir(), errs: newLines(), ended: make(chan int, 1)}
			d.write(t, "exports/a.jsonl", slackRow("11111111-1111-1111-1111-111111111111", "ben@contoso.com", "BAV2ROPC", true)+"\n")
			for name, text := range map[string]string{"bot.txt": slackfake.BotToken, "app.txt": slackfake.AppToken, "signing.txt": slackfake.SigningSecret} {
				d.write(t, name, text)
			}
			d.write(t, "legacyauth.yaml", fmt.Sprintf(`listen: 127.0.0.1:%d
admins: slack:%s:%s
roles:
  admin: ["slack:%s:@%s"]
tenants:
  - {name: contoso, folder: exports}
slack:
  - {bot-token: {file: bot.txt}, %s, api: "%s"}
`, health, slackfake.Team, slackfake.General, slackfake.Team, slackfake.Anna, how, a.API()))
			d.serve(t)
			a.find(slackfake.General, "", "1 client")
			a.Revoke("token_revoked")
			a.KillSockets()
			d.write(t, "exports/b.jsonl", slackRow("22222222-2222-2222-2222-222222222222", "new@contoso.com", "BAV2ROPC", false)+"\n")
			if mode == "http" {
				a.ask("scan") // its alert cannot be sent
			}
			said := func() (int, string) {
				r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, fmt.Sprintf("http://127.0.0.1:%d/healthz", health), http.NoBody)
				if err != nil {
					t.Fatal(err)
				}
				answer, err := http.DefaultClient.Do(r)
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = answer.Body.Close() }()
				body, err := io.ReadAll(answer.Body)
				if err != nil {
					t.Fatal(err)
				}
				return answer.StatusCode, string(body)
			}
			ticker, ends := time.NewTicker(50*time.Millisecond), time.NewTimer(30*time.Second)
			defer ticker.Stop()
			defer ends.Stop()
			for {
				status, body := said()
				if status == http.StatusServiceUnavailable && strings.Contains(body, "token_revoked") && strings.Contains(body, "install the app again") {
					return
				}
				select {
				case <-ticker.C:
				case <-ends.C:
					t.Fatalf("/healthz answers %d: %s\n%s", status, body, d.errs.String())
				}
			}
		})
	}
}
