package serve_test

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/discord"
	"legacyauth/adapters/discord/discordfake"
	"legacyauth/bot/serve"
	"legacyauth/storage/storagetest"
)

// Where and as whom people ask.
const (
	loadServer  = "100000000000000001"
	loadAsking  = "200000000000000001"
	loadScanned = "200000000000000002"
	loadAdmin   = "300000000000000001"
)

// TestDiscordDuringAScan has two hundred commands come from Discord at once, again
// and again, while 200,000 sign-ins are scanned: 99 of 100 are acknowledged within a
// second, every one is answered, and memory stays flat.
func TestDiscordDuringAScan(t *testing.T) {
	for _, mode := range []string{"gateway", "http"} {
		t.Run(mode, func(t *testing.T) {
			s := large(t, storagetest.File(t), "discord:"+loadServer+":@"+loadAdmin)
			f := discordfake.Start(t)
			f.AddServer(loadServer)
			f.AddChannel(loadServer, loadAsking)
			f.AddChannel(loadServer, loadScanned)
			c := discord.Config{
				Token: discordfake.Token, Application: discordfake.Application, Servers: []string{loadServer}, API: f.URL,
				Log: slog.New(slog.NewTextHandler(io.Discard, nil)), PublicKey: f.PublicKey,
			}
			room := discordRoom{Server: f}
			if mode == "http" {
				var err error
				if c.Listener, err = new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0"); err != nil {
					t.Fatal(err)
				}
				room.endpoint = "http://" + c.Listener.Addr().String()
			}
			p, err := discord.New(c)
			if err != nil {
				t.Fatal(err)
			}
			s.platforms = []serve.Platform{{Name: discord.Platform, Sender: p, Surface: p}}
			_, stop := s.serve(t)
			room.await(t, "the commands to be registered", func() bool { return f.Writes() > 0 && (room.endpoint != "" || f.Gate().Connected) })
			room.askWhileScanning(t)
			stop()
		})
	}
}

// discordRoom is a fake on which many ask.
type discordRoom struct {
	*discordfake.Server
	endpoint string // where interactions go; empty: through the gateway
}

// await waits as long as a busy machine may take.
func (d discordRoom) await(t *testing.T, what string, done func() bool) {
	t.Helper()
	timer := time.NewTimer(2 * time.Minute)
	defer timer.Stop()
	for changed := d.Changed(); !done(); changed = d.Changed() {
		select {
		case <-changed:
		case <-timer.C:
			t.Fatalf("%s: not in two minutes", what)
		}
	}
}

// ask types a command of which the second word is NAME=VALUE.
func (d discordRoom) ask(t *testing.T, channel, text string) (*discordfake.Interaction, error) {
	name, option, given := strings.Cut(text, " ")
	options := []any{}
	if given {
		key, value, _ := strings.Cut(option, "=")
		options = append(options, map[string]any{"name": key, "type": 3, "value": value})
	}
	return d.Do(t.Context(), discordfake.Doing{
		Type: 2, Server: loadServer, Channel: channel, Person: loadAdmin, Endpoint: d.endpoint,
		Data: map[string]any{"name": "legacyauth", "options": []any{map[string]any{"name": name, "type": 1, "options": options}}},
	})
}

// answered gives what an interaction was answered with in the end; empty: not yet.
func (d discordRoom) answered(i *discordfake.Interaction) string {
	for _, m := range d.Answers(i) {
		if text := discordfake.Draw(m).Text; !m.Loading && !strings.Contains(text, "One moment.") {
			return text
		}
	}
	return ""
}

// askWhileScanning begins a scan in one channel and asks in another until the scan
// has its summary.
func (d discordRoom) askWhileScanning(t *testing.T) {
	t.Helper()
	scan, err := d.ask(t, loadScanned, "scan")
	if err != nil {
		t.Fatal(err)
	}
	scanned := func() bool { return strings.Contains(d.answered(scan), "still use legacy authentication") }
	var took []time.Duration
	var heaps []uint64
	during := 0
	for wave := 1; wave <= maxWaves && (wave == 1 || !scanned()); wave++ {
		each, errs := make([]*discordfake.Interaction, people), make([]error, people)
		texts := []string{"status", "help", "clients", "client client=k%011d", "me", "user name=person%d@contoso.com", "explain text=535 5.7.139", "playbook id=printer-smtp"}
		var all sync.WaitGroup
		for i := range people {
			all.Go(func() {
				text := texts[i%len(texts)]
				if strings.Contains(text, "%") {
					text = fmt.Sprintf(text, i)
				}
				each[i], errs[i] = d.ask(t, loadAsking, text)
			})
		}
		all.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatalf("wave %d: %v", wave, err)
		}
		if !scanned() {
			during++
		}
		for i, one := range each {
			took = append(took, one.Acknowledged.Sub(one.Sent))
			d.await(t, "every answer", func() bool { return d.answered(one) != "" })
			if text := d.answered(one); strings.Contains(text, "Busy") || strings.Contains(text, "did not work") || strings.Contains(text, "Something broke") {
				t.Errorf("command %d of wave %d is told %q", i, wave, text)
			}
		}
		d.Clear(loadAsking)
		heaps = append(heaps, inUse())
	}
	d.await(t, "the scan's summary", scanned)
	slices.Sort(took)
	first, last := flat(t, heaps)
	p99 := share(took, 0.99)
	t.Logf("%d acknowledgments in %d waves, %d of them during the scan: half within %v, 99 of 100 within %v, the slowest %v; heap %d to %d MB", len(took), len(heaps), during, share(took, 0.5), p99, share(took, 1), first, last)
	if p99 > time.Second {
		t.Errorf("99 of 100 commands are acknowledged within %v, want a second", p99)
	}
	if during == 0 {
		t.Error("the scan was over before the first wave")
	}
}
