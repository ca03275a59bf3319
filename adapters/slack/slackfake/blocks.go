package slackfake

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// maxText is how long the blocks of one message may be as JSON: where Slack's
// undocumented limit lies that counts characters and containers
// (https://github.com/slackapi/bolt-js/issues/2509 and 2867). Views have none.
const maxText = 13000

// checker finds what Slack refuses in blocks.
type checker struct {
	problems []string
}

// checkBlocks holds blocks to what Slack documents at
// https://docs.slack.dev/reference/block-kit, read 2026-11-23.
func checkBlocks(raw json.RawMessage, most int, message bool) error {
	if len(raw) == 0 {
		return nil
	}
	var blocks []map[string]any
	if err := json.Unmarshal(raw, &blocks); err != nil {
		return failure{code: "invalid_blocks_format"}
	}
	if message && utf8.RuneCount(raw) > maxText {
		return failure{code: "msg_blocks_too_long"}
	}
	c := &checker{}
	c.count("/blocks", len(blocks), 1, most)
	ids := map[string]bool{}
	for i, b := range blocks {
		at := fmt.Sprintf("/blocks/%d", i)
		if id := str(b, "block_id"); id != "" {
			c.chars(at+"/block_id", id, 1, 255)
			if ids[id] {
				c.add(at+"/block_id", "is there twice")
			}
			ids[id] = true
		}
		c.block(at, b)
	}
	if len(c.problems) > 0 {
		return failure{"invalid_blocks", c.problems}
	}
	return nil
}

func (c *checker) add(at, what string) {
	c.problems = append(c.problems, "[ERROR] "+what+" [json-pointer:"+at+"]")
}

func (c *checker) count(at string, n, least, most int) {
	if n < least || n > most {
		c.add(at, fmt.Sprintf("%d items, want %d to %d", n, least, most))
	}
}

func (c *checker) chars(at, s string, least, most int) {
	if n := utf8.RuneCountInString(s); n < least || n > most {
		c.add(at, fmt.Sprintf("%d characters, want %d to %d", n, least, most))
	}
}

func (c *checker) block(at string, b map[string]any) {
	switch kind := str(b, "type"); kind {
	case "header":
		c.text(at+"/text", b["text"], 150, true)
	case "section":
		fields := list(b, "fields")
		if b["text"] == nil && len(fields) == 0 {
			c.add(at, "neither text nor fields")
		}
		if b["text"] != nil {
			c.text(at+"/text", b["text"], 3000, false)
		}
		c.count(at+"/fields", len(fields), 0, 10)
		for i, f := range fields {
			c.text(fmt.Sprintf("%s/fields/%d", at, i), f, 2000, false)
		}
		if e, ok := b["accessory"].(map[string]any); ok {
			c.element(at+"/accessory", e)
		}
	case "context":
		c.elements(at, list(b, "elements"), 10, func(at string, e map[string]any) { c.text(at, e, 3000, false) })
	case "actions":
		c.elements(at, list(b, "elements"), 25, c.element)
		names := map[string]bool{}
		for _, e := range list(b, "elements") {
			if e, ok := e.(map[string]any); ok {
				if id := str(e, "action_id"); names[id] {
					c.add(at, "action_id "+id+" is there twice")
				} else {
					names[id] = true
				}
			}
		}
	case "rich_text":
		c.elements(at, list(b, "elements"), 1000, c.rich)
	case "input":
		c.text(at+"/label", b["label"], 2000, true)
		if e, ok := b["element"].(map[string]any); ok {
			c.element(at+"/element", e)
		} else {
			c.add(at+"/element", "is missing")
		}
	case "image":
		c.chars(at+"/alt_text", str(b, "alt_text"), 1, 2000)
	case "divider":
	default:
		c.add(at, "unsupported type: "+kind)
	}
}

func (c *checker) elements(at string, all []any, most int, each func(string, map[string]any)) {
	c.count(at+"/elements", len(all), 1, most)
	for i, e := range all {
		at := fmt.Sprintf("%s/elements/%d", at, i)
		if e, ok := e.(map[string]any); ok {
			each(at, e)
		} else {
			c.add(at, "is no object")
		}
	}
}

// text checks a text object; flat wants plain_text.
func (c *checker) text(at string, v any, most int, flat bool) {
	t, ok := v.(map[string]any)
	kind := str(t, "type")
	if !ok || kind != "plain_text" && (flat || kind != "mrkdwn") {
		c.add(at, "is no text object of this kind")
		return
	}
	c.chars(at+"/text", str(t, "text"), 1, most)
}

func (c *checker) element(at string, e map[string]any) {
	c.chars(at+"/action_id", str(e, "action_id"), 0, 255)
	switch kind := str(e, "type"); kind {
	case "button":
		c.text(at+"/text", e["text"], 75, true)
		c.chars(at+"/value", str(e, "value"), 0, 2000)
		if style := str(e, "style"); style != "" && style != "primary" && style != "danger" {
			c.add(at+"/style", "is neither primary nor danger")
		}
	case "overflow":
		c.options(at, list(e, "options"), 5)
	case "static_select":
		c.options(at, list(e, "options"), 100)
		if e["placeholder"] != nil {
			c.text(at+"/placeholder", e["placeholder"], 150, true)
		}
	case "plain_text_input":
		if e["placeholder"] != nil {
			c.text(at+"/placeholder", e["placeholder"], 150, true)
		}
		if most, ok := e["max_length"].(float64); ok && (most < 1 || most > 3000) {
			c.add(at+"/max_length", "is not 1 to 3000")
		}
	default:
		c.add(at, "unsupported element: "+kind)
	}
	if confirm, ok := e["confirm"].(map[string]any); ok {
		c.text(at+"/confirm/title", confirm["title"], 100, true)
		c.text(at+"/confirm/text", confirm["text"], 300, false)
		c.text(at+"/confirm/confirm", confirm["confirm"], 30, true)
		c.text(at+"/confirm/deny", confirm["deny"], 30, true)
	}
}

func (c *checker) options(at string, all []any, most int) {
	c.count(at+"/options", len(all), 1, most)
	for i, o := range all {
		at := fmt.Sprintf("%s/options/%d", at, i)
		o, _ := o.(map[string]any)
		c.text(at+"/text", o["text"], 75, false)
		c.chars(at+"/value", str(o, "value"), 1, 150)
	}
}

// rich checks one element of rich text.
func (c *checker) rich(at string, e map[string]any) {
	inside := list(e, "elements")
	switch kind := str(e, "type"); kind {
	case "rich_text_section", "rich_text_preformatted", "rich_text_quote":
		for i, part := range inside {
			at := fmt.Sprintf("%s/elements/%d", at, i)
			part, _ := part.(map[string]any)
			switch kind := str(part, "type"); kind {
			case "text":
				c.chars(at+"/text", str(part, "text"), 1, 1<<20)
			case "link":
				c.chars(at+"/url", str(part, "url"), 1, 3000)
			case "user", "usergroup", "channel", "broadcast", "emoji", "date", "color":
			default:
				c.add(at, "unsupported element: "+kind)
			}
		}
		if len(inside) == 0 {
			c.add(at, "is empty")
		}
	case "rich_text_list":
		c.elements(at, inside, 1000, func(at string, e map[string]any) {
			if str(e, "type") != "rich_text_section" {
				c.add(at, "only rich_text_section stands in a list")
			}
			c.rich(at, e)
		})
	default:
		c.add(at, "unsupported rich text: "+kind)
	}
}

func str(o map[string]any, name string) string {
	s, _ := o[name].(string)
	return s
}

func list(o map[string]any, name string) []any {
	l, _ := o[name].([]any)
	return l
}
