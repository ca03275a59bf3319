package serve_test

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/slack"
	"legacyauth/adapters/slack/slackfake"
	"legacyauth/bot/serve"
	"legacyauth/storage/storagetest"
)

// TestSlackDuringAScan has two hundred commands come from Slack at once, again and
// again, while 200,000 sign-ins are scanned: 99 of 100 are acknowledged within a
// second, every one is answered, and memory stays flat. Where others have the machine
// too, the second begins after what it takes for as many requests that need no work,
// before the scan and after it.
func TestSlackDuringAScan(t *testing.T) {
	for _, mode := range []string{"socket", "http"} {
		t.Run(mode, func(t *testing.T) {
			s := large(t, storagetest.File(t), "slack:"+slackfake.Team+":@"+slackfake.Anna)
			o := slack.Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now}
			there := slackfake.Options{Patience: time.Minute}
			i := slack.Installation{BotToken: slackfake.BotToken}
			if mode == "socket" {
				i.AppToken = slackfake.AppToken
			} else {
				i.SigningSecret = slackfake.SigningSecret
				var err error
				if o.Listener, err = new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0"); err != nil {
					t.Fatal(err)
				}
				there.RequestURL = "http://" + o.Listener.Addr().String() + slack.Path
			}
			workspace := slackfake.New(t, there)
			o.Installations, o.API = []slack.Installation{i}, workspace.API()
			p, err := slack.New(o)
			if err != nil {
				t.Fatal(err)
			}
			s.platforms = []serve.Platform{{Name: slack.Name, Sender: p, Surface: p}}
			_, stop := s.serve(t)
			askWhileScanning(t, workspace)
			stop()
		})
	}
}

// askWhileScanning begins a scan in one channel and asks in another until the scan
// has its summary.
func askWhileScanning(t *testing.T, workspace *slackfake.Server) {
	t.Helper()
	machine := slackfake.Machine(t, people)
	if _, err := workspace.Command(slackfake.Act{User: slackfake.Anna, Channel: slackfake.Random, Text: "scan"}); err != nil {
		t.Fatal(err)
	}
	scanned := func() bool {
		return slices.ContainsFunc(workspace.Messages(), func(m slackfake.Message) bool {
			return m.Channel == slackfake.Random && strings.Contains(m.See().Text, "still use legacy authentication")
		})
	}
	var took []time.Duration
	var heaps []uint64
	during := 0
	for wave := 1; wave <= maxWaves && (wave == 1 || !scanned()); wave++ {
		each, errs := make([]time.Duration, people), make([]error, people)
		texts := []string{"status", "help", "clients", "client k%011d", "me", "user person%d@contoso.com", "explain 535 5.7.139", "playbook printer-smtp"}
		want := people + people/len(texts) // a status is a line to wait with, and then an answer
		var all sync.WaitGroup
		for i := range people {
			all.Go(func() {
				text := texts[i%len(texts)]
				if strings.Contains(text, "%") {
					text = fmt.Sprintf(text, i)
				}
				d, err := workspace.Command(slackfake.Act{User: slackfake.Anna, Channel: slackfake.General, Text: text})
				each[i], errs[i] = d.Took, err
			})
		}
		all.Wait()
		if !scanned() {
			during++
		}
		for i, err := range errs {
			if err != nil {
				t.Errorf("command %d of wave %d: %v", i, wave, err)
			}
		}
		workspace.Await(t, 2*time.Minute, "every answer", func() bool { return workspace.Said(slackfake.General) >= want })
		for _, m := range workspace.Messages() {
			if text := m.See().Text; strings.Contains(text, "I am busy") || strings.Contains(text, "Something broke") {
				t.Errorf("somebody is told %q", text)
			}
		}
		if n := workspace.Forget(slackfake.General); n != want {
			t.Errorf("%d commands get %d messages, want %d", people, n, want)
		}
		took = append(took, each...)
		heaps = append(heaps, inUse())
	}
	workspace.Await(t, 2*time.Minute, "the scan's summary", scanned)
	machine = max(machine, slackfake.Machine(t, people))
	slices.Sort(took)
	first, last := flat(t, heaps)
	p99 := share(took, 0.99)
	t.Logf("%d acknowledgments in %d waves, %d of them during the scan: half within %v, 99 of 100 within %v, the slowest %v, where the machine takes %v for nothing; heap %d to %d MB", len(took), len(heaps), during, share(took, 0.5), p99, share(took, 1), machine.Round(time.Millisecond), first, last)
	if p99 > time.Second+machine {
		t.Errorf("99 of 100 commands are acknowledged within %v, want a second, on a machine that takes %v for nothing", p99, machine)
	}
	if slowest := share(took, 1); slowest > 3*time.Second+machine {
		t.Errorf("a command is acknowledged within %v: Slack gives up after three seconds", slowest)
	}
	if during == 0 {
		t.Error("the scan was over before the first wave")
	}
}
