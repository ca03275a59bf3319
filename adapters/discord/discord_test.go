package discord_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/adapters/discord"
	"legacyauth/adapters/discord/discordfake"
)

// What every test's Discord has.
const (
	server  = "100000000000000001"
	other   = "100000000000000002" // bound as well
	foreign = "100000000000000003" // not bound
	general = "200000000000000001"
	alerts  = "200000000000000002"
	thread  = "200000000000000003"
	abroad  = "200000000000000004" // a channel of the foreign server
	anna    = "300000000000000001"
	bert    = "300000000000000002" // does not take direct messages from the bot
)

func fake(t testing.TB) *discordfake.Server {
	t.Helper()
	f := discordfake.Start(t)
	f.Patience(time.Minute) // how soon an answer comes is for TestCrowd
	for _, s := range []string{server, other, foreign} {
		f.AddServer(s)
	}
	f.AddChannel(server, general)
	f.AddChannel(server, alerts)
	f.AddThread(general, thread)
	f.AddChannel(foreign, abroad)
	return f
}

// consents is who asked for direct messages: everybody but Bert.
func consents(_ context.Context, p chat.Person) (bool, error) { return p.ID != bert, nil }

func config(f *discordfake.Server) discord.Config {
	return discord.Config{
		Token: discordfake.Token, Application: discordfake.Application, Servers: []string{server, other},
		Consent: consents, API: f.URL, Now: f.Now, Log: slog.New(slog.DiscardHandler), PublicKey: f.PublicKey,
	}
}

func open(t testing.TB, c discord.Config) *discord.Discord {
	t.Helper()
	d, err := discord.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func place(channel string) chat.Place {
	return chat.Place{Platform: discord.Platform, Workspace: server, Channel: channel}
}

// shown is what people see in channels.
func shown(f *discordfake.Server) []chattest.Shown {
	var all []chattest.Shown
	for _, m := range f.Messages() {
		d := discordfake.Draw(m)
		at := place(m.Channel)
		if m.Channel == thread {
			at = chat.Place{Platform: discord.Platform, Workspace: server, Channel: general, Thread: thread}
		}
		all = append(all, chattest.Shown{
			Ref: chat.Ref(m.Channel + "/" + m.ID), Place: at, Text: d.Text,
			Links: d.Links, Mentions: d.Mentions, Buttons: d.Buttons,
		})
		if len(m.Mentions) == 0 || fmt.Sprint(m.Mentions["parse"]) != "[]" || m.Mentions["replied_user"] != false {
			all[len(all)-1].Mentions = append(all[len(all)-1].Mentions, fmt.Sprint(m.Mentions))
		}
	}
	return all
}

func TestSenders(t *testing.T) {
	t.Parallel()
	chattest.Senders(t, func(t testing.TB) chattest.Fixture {
		f := fake(t)
		d := open(t, config(f))
		return chattest.Fixture{
			Sender: d, Again: func() chat.Sender { return open(t, config(f)) },
			To: place(general), Other: place(alerts), Person: chat.Place{Platform: discord.Platform, Workspace: server, Person: anna},
			Thread: chat.Place{Platform: discord.Platform, Workspace: server, Channel: general, Thread: thread},
			Shown:  func() []chattest.Shown { return shown(f) }, Idempotent: true, Gone: chat.Ref(general + "/999"), Buttons: true,
			Next: func(b chattest.Behavior) { f.Next(b) }, Down: f.Down, Arrived: f.Arrived, Secret: discordfake.Token,
		}
	})
}

// desk is a person in front of the fake.
type desk struct {
	f        *discordfake.Server
	endpoint string

	mu   sync.Mutex
	ids  map[string]string // of deliveries
	done []*discordfake.Interaction
	card *discordfake.Message // a message with buttons
}

func (d *desk) do(what discordfake.Doing, delivery string) (*discordfake.Interaction, error) {
	d.mu.Lock()
	if d.ids[delivery] == "" {
		d.ids[delivery] = fmt.Sprintf("5%017d", len(d.ids)+1)
	}
	what.ID = d.ids[delivery]
	d.mu.Unlock()
	what.Server, what.Channel, what.Person, what.Endpoint = server, general, anna, d.endpoint
	if d.endpoint == "" {
		if err := connected(d.f); err != nil {
			return nil, err
		}
	}
	i, err := d.f.Do(context.Background(), what)
	d.mu.Lock()
	defer d.mu.Unlock()
	if i != nil && !slices.Contains(d.done, i) {
		d.done = append(d.done, i)
	}
	return i, err
}

// connected waits until the gateway has a client.
func connected(f *discordfake.Server) error {
	limit := time.NewTimer(20 * time.Second)
	defer limit.Stop()
	for {
		changed := f.Changed()
		if f.Gate().Connected {
			return nil
		}
		select {
		case <-changed:
		case <-limit.C:
			return fmt.Errorf("nobody connects to the gateway: %+v", f.Gate())
		}
	}
}

// words is a command of plain words: the first is its name.
func words(all ...string) map[string]any {
	var options []any
	for i, w := range all[1:] {
		options = append(options, map[string]any{"name": fmt.Sprint("word", i+1), "type": 3, "value": w})
	}
	return map[string]any{"id": "1", "name": "legacyauth", "type": 1, "options": []any{map[string]any{"name": all[0], "type": 1, "options": options}}}
}

func (d *desk) fixture(surface chat.Surface) chattest.Receiving {
	return chattest.Receiving{
		Surface: surface, From: chat.Person{Platform: discord.Platform, Workspace: server, ID: anna}, In: place(general), Repeats: true,
		Type: func(delivery string, said ...string) error {
			_, err := d.do(discordfake.Doing{Type: 2, Data: words(said...)}, delivery)
			return err
		},
		Press: func(delivery, button string) error {
			_, err := d.do(discordfake.Doing{Type: 3, Data: map[string]any{"custom_id": button, "component_type": 2}, Message: d.card}, delivery)
			return err
		},
		Submit: func(delivery string, form chat.Press, fields map[string]string) (map[string]string, error) {
			return d.submit(delivery, form, fields)
		},
		Forms: func() []chat.Form {
			d.mu.Lock()
			defer d.mu.Unlock()
			var all []chat.Form
			for _, i := range d.done {
				if i.Modal != nil {
					all = append(all, discordfake.Form(i.Modal))
				}
			}
			return all
		},
		Replies: d.replies, Changed: d.f.Changed,
	}
}

// submit sends a form and reads from the answer what is wrong with it.
func (d *desk) submit(delivery string, form chat.Press, fields map[string]string) (map[string]string, error) {
	i, err := d.do(discordfake.Doing{Type: 5, Data: discordfake.Filled(form.String(), fields)}, delivery)
	if err != nil {
		return nil, err
	}
	text := ""
	for _, m := range d.f.Answers(i) {
		text += discordfake.Draw(m).Text
	}
	if !strings.Contains(text, "Not yet right") {
		return nil, nil
	}
	wrong := map[string]string{}
	for _, f := range discordfake.Form(d.form()).Fields {
		if _, after, ok := strings.Cut(text, f.Label+": "); ok {
			wrong[f.Name], _, _ = strings.Cut(after, "\n")
		}
	}
	return wrong, nil
}

// form is the newest form.
func (d *desk) form() map[string]any {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, i := range slices.Backward(d.done) {
		if i.Modal != nil {
			return i.Modal
		}
	}
	return nil
}

func (d *desk) replies() []chattest.Reply {
	var all []chattest.Reply
	for _, m := range d.f.Messages() {
		if m.Loading || d.card != nil && m.ID == d.card.ID {
			continue
		}
		all = append(all, chattest.Reply{Text: discordfake.Draw(m).Text, Public: !m.Ephemeral()})
	}
	return all
}

func newDesk(f *discordfake.Server, endpoint string) *desk {
	return &desk{f: f, endpoint: endpoint, ids: map[string]string{}, card: f.Say(general)}
}

func TestGatewaySurface(t *testing.T) {
	t.Parallel()
	chattest.Surfaces(t, func(t testing.TB) chattest.Receiving {
		f := fake(t)
		return newDesk(f, "").fixture(open(t, config(f)))
	})
}

func TestEndpointSurface(t *testing.T) {
	t.Parallel()
	chattest.Surfaces(t, func(t testing.TB) chattest.Receiving {
		f := fake(t)
		c := config(f)
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = listener.Close() })
		c.Listener = listener
		r := newDesk(f, "http://"+listener.Addr().String()).fixture(open(t, c))
		r.Repeats = false // what was signed once is taken once
		return r
	})
}
