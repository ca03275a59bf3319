package slackfake_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/slack/slackfake"
)

// TestBolt runs an app on Slack's own framework against the fake: what that
// believes to be Slack speaks Slack. LEGACYAUTH_BOLT names the folder in which
// @slack/bolt is installed; .ci/slack does that.
func TestBolt(t *testing.T) {
	t.Parallel()
	modules := os.Getenv("LEGACYAUTH_BOLT")
	if modules == "" {
		t.Skip("LEGACYAUTH_BOLT names no folder with @slack/bolt; .ci/slack does")
	}
	for _, mode := range []string{"socket", "http"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			o, port := slackfake.Options{}, ""
			if mode == "http" {
				l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
				if err != nil {
					t.Fatal(err)
				}
				port = fmt.Sprint(l.Addr().(*net.TCPAddr).Port) //nolint:forcetypeassert,errcheck // tcp
				_ = l.Close()
				o.RequestURL = "http://127.0.0.1:" + port + "/slack/events"
			}
			s := slackfake.New(t, o)
			bolt(t, s, modules, port)
			drive(t, s)
		})
	}
}

func bolt(t *testing.T, s *slackfake.Server, modules, port string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, "node", "testdata/bolt.mjs")
	c.Env = append(os.Environ(), "MODULES="+modules, "FAKE="+s.API(), "PORT="+port,
		"BOT_TOKEN="+slackfake.BotToken, "APP_TOKEN="+slackfake.AppToken, "SIGNING_SECRET="+slackfake.SigningSecret)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = c.Wait()
	})
	ready := make(chan bool, 1)
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if lines.Text() == "ready" {
				ready <- true
			}
		}
		ready <- false
	}()
	select {
	case fine := <-ready:
		if !fine {
			t.Fatal("bolt does not start")
		}
	case <-time.After(time.Minute):
		t.Fatal("bolt does not start in a minute")
	}
}

func drive(t *testing.T, s *slackfake.Server) {
	t.Helper()
	act := slackfake.Act{User: slackfake.Anna, Channel: slackfake.General}
	until := func(text string) slackfake.Message {
		t.Helper()
		var found slackfake.Message
		s.Wait(t, text, func() bool {
			for _, m := range s.Messages() {
				if strings.Contains(m.See().Text, text) {
					found = m
					return true
				}
			}
			return false
		})
		return found
	}
	typed := func(text string) {
		t.Helper()
		a := act
		a.Text = text
		if _, err := s.Command(a); err != nil {
			t.Fatal(err)
		}
	}
	typed("status")
	if m := until("answer to status for anna@contoso.com in Europe/Berlin"); m.For != slackfake.Anna {
		t.Errorf("the answer is for %q", m.For)
	}
	changed := until("found and changed")
	until("a direct message")
	typed("too long")
	until("refused: invalid_blocks")
	typed("file")
	if m := until("a.txt"); len(m.Files) != 1 || string(m.Files[0].Data) != "hello" {
		t.Errorf("the file is %+v", m.Files)
	}
	press := act
	press.Message, press.Value = changed.TS, "done:k7:1"
	if _, err := s.Press(press); err != nil {
		t.Fatal(err)
	}
	if m := until("pressed done:k7:1"); m.TS != changed.TS {
		t.Error("the answer does not replace the message")
	}
	typed("form")
	s.Wait(t, "a form", func() bool { return len(s.Views()) == 1 })
	wrong, err := s.Submit(act, "ask:k:1", map[string]string{"until": "soon"})
	if err != nil || wrong["until"] != "a date" {
		t.Errorf("a wrong field gives %v, %v", wrong, err)
	}
	if wrong, err = s.Submit(act, "ask:k:1", map[string]string{"until": "2026-12-24"}); err != nil || wrong != nil {
		t.Errorf("a right field gives %v, %v", wrong, err)
	}
	until("until 2026-12-24")
	if _, err := s.OpenHome(act); err != nil {
		t.Fatal(err)
	}
	s.Wait(t, "the start page", func() bool {
		v, ok := s.Home(slackfake.Anna)
		return ok && strings.Contains(slackfake.See(v.Blocks).Text, "the start page")
	})
}
