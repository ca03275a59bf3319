package discordfake

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// fault says which limit of messages with components a body breaks
// (https://discord.com/developers/docs/components/reference, read 2026-11-29);
// empty: none.
func fault(body map[string]any, files map[string][]byte) string {
	if number(body["flags"])&(1<<15) == 0 {
		return "components of version 2 without their flag"
	}
	if content, _ := body["content"].(string); content != "" {
		return "content beside components of version 2"
	}
	if nonce, _ := body["nonce"].(string); len(nonce) > 25 {
		return "nonce is longer than 25"
	}
	all, _ := body["components"].([]any)
	if len(all) == 0 {
		return "no components"
	}
	l := laws{ids: map[string]bool{}, names: map[string]bool{}}
	list, _ := body["attachments"].([]any)
	for _, one := range list {
		v, _ := one.(map[string]any)
		id, _ := v["id"].(string)
		name, _ := v["filename"].(string)
		if _, ok := files["files["+id+"]"]; !ok {
			return "attachment " + id + " is not there"
		}
		l.names[name] = true
	}
	walk(all, l.look)
	switch {
	case l.wrong != "":
		return l.wrong
	case l.count > 40:
		return fmt.Sprintf("%d components", l.count)
	case l.text > 4000:
		return fmt.Sprintf("%d characters of text", l.text)
	}
	return ""
}

// laws are what holds for a message as a whole.
type laws struct {
	count, text int
	ids, names  map[string]bool
	wrong       string
}

func (l *laws) look(c map[string]any) {
	l.count++
	say := func(wrong string) {
		if l.wrong == "" {
			l.wrong = wrong
		}
	}
	str := func(name string) string { v, _ := c[name].(string); return v }
	inner, _ := c["components"].([]any)
	if id := str("custom_id"); id != "" {
		if len(id) > 100 {
			say("custom_id is longer than 100")
		}
		if l.ids[id] {
			say("custom_id is there twice")
		}
		l.ids[id] = true
	}
	switch number(c["type"]) {
	case 1:
		if len(inner) < 1 || len(inner) > 5 {
			say(fmt.Sprintf("a row of %d", len(inner)))
		}
	case 2:
		if n := units(str("label")); n < 1 || n > 80 {
			say(fmt.Sprintf("a label of %d", n))
		}
	case 3:
		if n := units(str("placeholder")); n > 150 {
			say(fmt.Sprintf("a placeholder of %d", n))
		}
		options, _ := c["options"].([]any)
		if len(options) < 1 || len(options) > 25 {
			say(fmt.Sprintf("a menu of %d", len(options)))
		}
		for _, one := range options {
			o, _ := one.(map[string]any)
			name, _ := o["label"].(string)
			value, _ := o["value"].(string)
			if n := units(name); n < 1 || n > 100 || len(value) < 1 || len(value) > 100 {
				say("a choice with a wrong label or value")
			}
		}
	case 9:
		if len(inner) < 1 || len(inner) > 3 || c["accessory"] == nil {
			say("a section of the wrong size")
		}
	case 10:
		n := units(str("content"))
		l.text += n
		if n < 1 {
			say("a text without text")
		}
	case 12, 13:
		l.media(c, say)
	case 17:
		if len(inner) < 1 {
			say("an empty container")
		}
	default:
		say(fmt.Sprintf("a component of type %v", c["type"]))
	}
}

// media expects that what a gallery or a file points at is attached.
func (l *laws) media(c map[string]any, say func(string)) {
	items, _ := c["items"].([]any)
	if file, ok := c["file"].(map[string]any); ok {
		items = []any{map[string]any{"media": file}}
	}
	if len(items) < 1 || len(items) > 10 {
		say("a gallery of the wrong size")
	}
	for _, one := range items {
		i, _ := one.(map[string]any)
		m, _ := i["media"].(map[string]any)
		url, _ := m["url"].(string)
		if name, ok := strings.CutPrefix(url, "attachment://"); !ok || !l.names[name] {
			say("a file that is not attached")
		}
	}
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }
