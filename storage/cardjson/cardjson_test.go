package cardjson_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/playbooks/card"
	"legacyauth/storage/cardjson"
)

// every holds each block and each style.
func every() card.Card {
	all := []card.Span{
		card.Text("plain"), card.Bold("strong"),
		{Text: "emph", Style: card.Emph},
		card.Key("mono"),
		{Text: "link", Style: card.Link, URL: "https://learn.microsoft.com/"},
		card.Value("<nul \x00>"),
	}
	return card.Card{
		Title: all, Tone: card.Danger, Fallback: "fallback",
		Blocks: []card.Block{
			card.Heading{Text: all},
			card.Para{Spans: all},
			card.Code{Lang: "powershell", Text: "Get-Mailbox\n"},
			card.Progress{Done: 1, Total: 2, Label: "half"},
			card.List{Ordered: true, Items: [][]card.Block{{card.Para{Spans: all}, card.List{Items: [][]card.Block{{card.Code{Text: "x"}}}}}, nil}},
			card.Facts{Pairs: []card.Fact{{Name: "name", Value: all}, {Name: "empty"}}},
			card.Table{Head: []string{"a", "b"}, Rows: [][][]card.Span{{all, nil}, {nil, all}}},
			card.Entry{Text: all, Note: all, Menu: []card.Action{{ID: "client:key:1", Label: "Details"}, {ID: "notify:key:1", Label: "Notify", Style: card.Warning, Confirm: "Message 40 people now?"}}},
			card.Entry{Text: all},
		},
		Actions: []card.Action{{ID: "claim:key:1", Label: "I've done it", Style: card.Success}},
	}
}

func TestACardComesBack(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]card.Card{"every block": every(), "empty": {}} {
		data, err := cardjson.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		got, err := cardjson.Unmarshal(data)
		if diff := cmp.Diff(c, got); diff != "" || err != nil {
			t.Errorf("%s differs (-want +got):\n%s%v", name, diff, err)
		}
	}
}

// TestStoredCardsStayReadable reads a card that was stored by the first release.
func TestStoredCardsStayReadable(t *testing.T) {
	t.Parallel()
	path := filepath.Join("testdata", "card.json")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got, err := cardjson.Unmarshal(data)
	if diff := cmp.Diff(every(), got); diff != "" || err != nil {
		t.Errorf("%s differs (-want +got):\n%s%v", path, diff, err)
	}
}

// TestWhatAMenuAsksIsKept holds what came after the first release.
func TestWhatAMenuAsksIsKept(t *testing.T) {
	t.Parallel()
	want := card.Card{Blocks: []card.Block{card.Entry{Text: []card.Span{card.Text("Others")}, Menu: []card.Action{{ID: "show:key:1", Label: "Mail"}}, Ask: "Show the steps for another device"}}}
	data, err := cardjson.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := cardjson.Unmarshal(data)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("read again it differs (-want +got):\n%s%v", diff, err)
	}
}

func TestWhatIsNoCard(t *testing.T) {
	t.Parallel()
	for _, text := range []string{``, `[]`, `{"blocks":[{"kind":"image"}]}`, `{"title":[{"style":"blink"}]}`, `{"blocks":[{"kind":"para","spans":[{"style":"x"}]}]}`} {
		if _, err := cardjson.Unmarshal([]byte(text)); err == nil {
			t.Errorf("%s was read as a card", text)
		}
	}
	if _, err := cardjson.Marshal(card.Card{Title: []card.Span{{Style: 99}}}); err == nil {
		t.Error("a style that is none was written")
	}
}

func FuzzUnmarshal(f *testing.F) {
	data, err := cardjson.Marshal(every())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"blocks":[{"kind":"list","items":[[{"kind":"para"}]]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := cardjson.Unmarshal(data)
		if err != nil {
			return
		}
		again, err := cardjson.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		same, err := cardjson.Unmarshal(again)
		if diff := cmp.Diff(c, same); diff != "" || err != nil {
			t.Fatalf("read again it differs:\n%s%v", diff, err)
		}
	})
}
