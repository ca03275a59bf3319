package discordfake

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// commandName is what a command or an option may be called.
var commandName = regexp.MustCompile(`^[-_a-z0-9]{1,32}$`)

// misfit says which limit of commands a list breaks
// (https://discord.com/developers/docs/interactions/application-commands, read
// 2026-11-29); empty: none.
func misfit(all []map[string]any) string {
	if len(all) > 100 {
		return fmt.Sprintf("%d commands", len(all))
	}
	for _, c := range all {
		size := 0
		if wrong := misfitOf(c, 0, &size); wrong != "" {
			return wrong
		}
		if size > 8000 {
			return fmt.Sprintf("a command of %d characters", size)
		}
	}
	return ""
}

// misfitOf looks at a command, depth levels below the first, or at an option.
func misfitOf(c map[string]any, depth int, size *int) string {
	name, _ := c["name"].(string)
	about, _ := c["description"].(string)
	*size += units(name) + units(about)
	options, _ := c["options"].([]any)
	choices, _ := c["choices"].([]any)
	kind := number(c["type"])
	switch {
	case !commandName.MatchString(name):
		return fmt.Sprintf("a command or option called %q", name)
	case units(about) < 1 || units(about) > 100:
		return fmt.Sprintf("%s: a description of %d", name, units(about))
	case len(options) > 25 || len(choices) > 25:
		return fmt.Sprintf("%s: %d options, %d choices", name, len(options), len(choices))
	case len(choices) > 0 && c["autocomplete"] == true:
		return name + ": completes and has choices"
	case depth > 0 && kind > 2 && len(options) > 0:
		return name + ": an option of options"
	case depth > 1 && kind == 2 || depth > 2 && kind == 1:
		return name + ": too deep"
	}
	for _, one := range choices {
		o, _ := one.(map[string]any)
		label, _ := o["name"].(string)
		value, _ := o["value"].(string)
		if units(label) < 1 || units(label) > 100 || units(value) > 100 {
			return name + ": a choice of the wrong size"
		}
		*size += units(label) + units(value)
	}
	seen, optional := map[any]bool{}, false
	for _, one := range options {
		o, _ := one.(map[string]any)
		if seen[o["name"]] {
			return fmt.Sprintf("%s: %v is there twice", name, o["name"])
		}
		seen[o["name"]] = true
		if o["required"] == true && optional {
			return fmt.Sprintf("%s: %v is required behind what is not", name, o["name"])
		}
		optional = optional || number(o["type"]) > 2 && o["required"] != true
		if wrong := misfitOf(o, depth+1, size); wrong != "" {
			return name + ": " + wrong
		}
	}
	return ""
}

// Registered gives the commands of a server as people find them there: the names
// down to what has options, each with those of its options.
func (s *Server) Registered(server string) map[string][]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := map[string][]string{}
	for at, list := range s.commands {
		if strings.Contains(at, "/guilds/") && !strings.Contains(at, "/guilds/"+server+"/") {
			continue
		}
		raw, _ := json.Marshal(list)
		var all []offer
		_ = json.Unmarshal(raw, &all)
		for _, c := range all {
			c.list("", found)
		}
	}
	return found
}

// offer is a command as it was registered.
type offer struct {
	Name    string  `json:"name"`
	Type    int     `json:"type"`
	Options []offer `json:"options"`
}

func (o offer) list(above string, into map[string][]string) {
	path := strings.TrimSpace(above + " " + o.Name)
	names, leaf := []string{}, true
	for _, below := range o.Options {
		if below.Type == 1 || below.Type == 2 {
			below.list(path, into)
			leaf = false
			continue
		}
		names = append(names, below.Name)
	}
	if leaf {
		into[path] = names
	}
}
