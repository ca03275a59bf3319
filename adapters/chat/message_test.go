package chat_test

import (
	"strings"
	"testing"

	"legacyauth/adapters/chat"
)

var ops = chat.Place{Platform: "slack", Workspace: "T1", Channel: "C2"}

func TestMessageCheck(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		message chat.Message
		why     string // empty: nothing is wrong
	}{
		"right":         {chat.Message{Key: "first:k7:1", To: ops}, ""},
		"longest key":   {chat.Message{Key: strings.Repeat("k", chat.MaxKey), To: ops}, ""},
		"key too long":  {chat.Message{Key: strings.Repeat("k", chat.MaxKey+1), To: ops}, "longer than 200"},
		"no key":        {chat.Message{To: ops}, "without a key"},
		"key of words":  {chat.Message{Key: "a b", To: ops}, "printing ASCII"},
		"key of lines":  {chat.Message{Key: "a\nb", To: ops}, "printing ASCII"},
		"key of others": {chat.Message{Key: "ä", To: ops}, "printing ASCII"},
		"no place":      {chat.Message{Key: "k"}, "place"},
		"two places":    {chat.Message{Key: "k", To: chat.Place{Platform: "slack", Channel: "C", Person: "U"}}, "both a channel and a person"},
		"thread of log": {chat.Message{Key: "k", To: chat.Place{Platform: "logfile", Channel: "a", Thread: "b"}}, "no workspaces"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := tt.message.Check()
			if tt.why == "" && err != nil || tt.why != "" && (err == nil || !strings.Contains(err.Error(), tt.why)) {
				t.Errorf("Check = %v, want %q", err, tt.why)
			}
		})
	}
}

func TestNonce(t *testing.T) {
	t.Parallel()
	m := chat.Message{Key: "first:k7:1", To: ops}
	// The value is pinned: a nonce that changed with a release would let a
	// message be shown twice.
	if got, want := m.Nonce(25), "ulyjbjwvjm5otcfhba2oiwrrm"; got != want {
		t.Errorf("Nonce(25) = %q, want %q", got, want)
	}
	other, elsewhere := m, m
	other.Key = "first:k7:2"
	elsewhere.To.Channel = "C3"
	for name, o := range map[string]chat.Message{"another key": other, "another place": elsewhere} {
		if o.Nonce(25) == m.Nonce(25) {
			t.Errorf("%s has the same nonce", name)
		}
	}
	for n, want := range map[int]int{-1: 0, 0: 0, 1: 1, 52: 52, 100: 52} {
		if got := len(m.Nonce(n)); got != want {
			t.Errorf("Nonce(%d) has %d characters, want %d", n, got, want)
		}
	}
}

func TestFormCheck(t *testing.T) {
	t.Parallel()
	good := func() chat.Form {
		return chat.Form{
			ID: chat.Press{Verb: "except", Subject: "k7", Revision: 3}, Title: "Make an exception",
			Fields: []chat.Field{{Name: "until", Label: "Until"}, {Name: "reason", Label: "Reason", Long: true}},
		}
	}
	tests := map[string]struct {
		change func(*chat.Form)
		why    string
	}{
		"right":              {func(*chat.Form) {}, ""},
		"no id":              {func(f *chat.Form) { f.ID = chat.Press{} }, "verb"},
		"no title":           {func(f *chat.Form) { f.Title = "" }, "title of 0"},
		"title too long":     {func(f *chat.Form) { f.Title = strings.Repeat("ä", 25) }, "title of 25"},
		"longest title":      {func(f *chat.Form) { f.Title = strings.Repeat("ä", 24) }, ""},
		"no fields":          {func(f *chat.Form) { f.Fields = nil }, "0 fields"},
		"six fields":         {func(f *chat.Form) { f.Fields = make([]chat.Field, 6) }, "6 fields"},
		"same name":          {func(f *chat.Form) { f.Fields[1].Name = "until" }, "there twice"},
		"name with spaces":   {func(f *chat.Form) { f.Fields[1].Name = "a b" }, "field name"},
		"no label":           {func(f *chat.Form) { f.Fields[1].Label = "" }, "label of field reason has 0"},
		"label too long":     {func(f *chat.Form) { f.Fields[1].Label = strings.Repeat("x", 46) }, "has 46"},
		"too many choices":   {func(f *chat.Form) { f.Fields[1].Choices = make([]chat.Choice, 26) }, "26 choices"},
		"as many choices":    {func(f *chat.Form) { f.Fields[1].Choices = make([]chat.Choice, 25) }, ""},
		"id that is no text": {func(f *chat.Form) { f.ID.Subject = "\x00" }, "does not print"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := good()
			tt.change(&f)
			err := f.Check()
			if tt.why == "" && err != nil || tt.why != "" && (err == nil || !strings.Contains(err.Error(), tt.why)) {
				t.Errorf("Check = %v, want %q", err, tt.why)
			}
		})
	}
}
