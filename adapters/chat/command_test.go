package chat_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/chat"
)

func TestTypedWords(t *testing.T) {
	t.Parallel()
	c := chat.Command{Name: "here", Options: []chat.Option{{Name: "only"}, {Name: "both", Switch: true}, {Name: "zone"}}}
	tests := map[string]struct {
		values map[string]string
		want   []string
	}{
		"nothing":        {nil, []string{"alerts", "here"}},
		"in their order": {map[string]string{"zone": "Europe/Berlin", "only": "in-use, blocked"}, []string{"alerts", "here", "--only=in-use, blocked", "--zone=Europe/Berlin"}},
		"a switch on":    {map[string]string{"both": "true"}, []string{"alerts", "here", "--both"}},
		"a switch off":   {map[string]string{"both": "false"}, []string{"alerts", "here"}},
		"unknown names":  {map[string]string{"x": "y"}, []string{"alerts", "here"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, c.Typed([]string{"alerts", "here"}, test.values)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCommandCheck(t *testing.T) {
	t.Parallel()
	good := chat.Command{Name: "scan", About: "Scan now", Options: []chat.Option{{Name: "since", About: "How far back"}}}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		spoil func(*chat.Command)
		want  string
	}{
		"name":             {func(c *chat.Command) { c.Name = "Scan" }, `"Scan"`},
		"no description":   {func(c *chat.Command) { c.About = "" }, "1 to 100"},
		"long description": {func(c *chat.Command) { c.About = strings.Repeat("x", 101) }, "1 to 100"},
		"full stop":        {func(c *chat.Command) { c.About = "Scan now." }, "full stop"},
		"both":             {func(c *chat.Command) { c.Commands = []chat.Command{good} }, "both options and commands"},
		"option's name":    {func(c *chat.Command) { c.Options = []chat.Option{{Name: "a b", About: "x"}} }, `"a b"`},
		"option's about":   {func(c *chat.Command) { c.Options = []chat.Option{{Name: "a"}} }, "option a"},
		"required behind": {func(c *chat.Command) {
			c.Options = append(c.Options, chat.Option{Name: "b", About: "x", Required: true})
		}, "behind one that is not"},
		"too many choices": {func(c *chat.Command) {
			c.Options = []chat.Option{{Name: "a", About: "x", Choices: make([]chat.Choice, 26)}}
		}, "26 choices"},
		"too many options":   {func(c *chat.Command) { c.Options = make([]chat.Option, 26) }, "more than 25"},
		"in a command below": {func(c *chat.Command) { c.Options, c.Commands = nil, []chat.Command{{Name: "x"}} }, "scan: command x"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := good
			test.spoil(&c)
			if err := c.Check(); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want something with %q", err, test.want)
			}
		})
	}
}
