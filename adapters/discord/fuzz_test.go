package discord

import (
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
)

// FuzzInteraction reads what anybody may send: nothing breaks, and what is taken
// can be answered.
func FuzzInteraction(f *testing.F) {
	f.Add([]byte(`{"type":1}`))
	f.Add([]byte(`{"id":"5","application_id":"9","type":2,"token":"t","guild_id":"1","channel_id":"2","member":{"user":{"id":"3"},"roles":["4"]},"data":{"name":"legacyauth","options":[{"name":"scan","type":1,"options":[{"name":"tenant","type":3,"value":"contoso","focused":true}]}]}}`))
	f.Add([]byte(`{"id":"5","application_id":"9","type":3,"token":"t","channel_id":"2","user":{"id":"3"},"message":{"id":"6","flags":64,"components":[{"id":1073741824,"components":[{"id":1073741825,"type":10}]}]},"data":{"custom_id":"menu.0","values":["done:k7:1"]}}`))
	f.Add([]byte(`{"id":"5","application_id":"9","type":5,"token":"t","channel_id":"2","user":{"id":"3"},"data":{"custom_id":"except:k7:3","components":[{"type":18,"component":{"custom_id":"until","value":"x"}},{"type":1,"components":[{"custom_id":"a","values":["b"]}]}]}}`))
	f.Add([]byte(`{"id":"5","application_id":"9","type":3,"token":"t","channel_id":"2","user":{"id":"3"},"data":{"custom_id":"form.a:b:0~2"}}`))
	offered := []chat.Command{{Name: "scan", Options: []chat.Option{{Name: "tenant"}}}}
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, err := readInteraction(raw)
		if err != nil {
			return
		}
		if in.Type == discordgo.InteractionPing {
			return
		}
		if strings.ContainsAny(in.Token, "/?#") || !isSnowflake(in.ID) || !isSnowflake(in.channelID()) {
			t.Fatalf("%+v can be answered nowhere", in)
		}
		server := in.server([]string{"1", "2"})
		r, ok := in.request(server, offered)
		_, _ = cutReopen(in)
		_ = completing(offered, in.Data.Options)
		if !ok {
			return
		}
		if r.Delivery == "" || r.From.ID == "" {
			t.Fatalf("%+v is from nobody", r)
		}
		if !r.Pressed.IsZero() {
			if err := r.Pressed.Check(); err != nil {
				t.Fatalf("%+v: %v", r.Pressed, err)
			}
		}
	})
}

// FuzzEscape holds that text reads as itself: a backslash stands before each mark,
// and nothing else is added.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{"**bold** <@1> # x", `\@everyone`, "- item", "12. x", "a ``` b `` c ` d", "https://evil.example"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var back strings.Builder
		left := escape(s)
		for left != "" {
			if left[0] == '\\' {
				left = left[1:]
				if left == "" || !strings.ContainsRune(marks, rune(left[0])) {
					t.Fatalf("%q escapes nothing in %q", escape(s), s)
				}
			} else if strings.ContainsRune(marks, rune(left[0])) && left[0] < 0x80 {
				t.Fatalf("%q leaves a mark of %q", escape(s), s)
			}
			back.WriteByte(left[0])
			left = left[1:]
		}
		if want := strings.ToValidUTF8(s, "\ufffd"); strings.ToValidUTF8(back.String(), "\ufffd") != want && !strings.Contains(want, "\ufffd") {
			t.Fatalf("%q reads as %q", s, back.String())
		}
	})
}
