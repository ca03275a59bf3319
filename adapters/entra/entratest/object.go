package entratest

import (
	"encoding/json"
	"slices"
	"strings"
)

// object is a resource being made.
type object map[string]any

func (o object) json() json.RawMessage {
	text, err := json.Marshal(o)
	if err != nil {
		return json.RawMessage("null") // an object is made of strings, numbers and lists
	}
	return text
}

// property is a top-level string of a JSON object, or "".
func property(raw json.RawMessage, name string) string {
	var o map[string]json.RawMessage
	var value string
	if json.Unmarshal(raw, &o) != nil || json.Unmarshal(o[name], &value) != nil {
		return ""
	}
	return value
}

// find is the object with a property's value, whatever its case, or nil.
func find(objects []json.RawMessage, name, value string) json.RawMessage {
	i := slices.IndexFunc(objects, func(o json.RawMessage) bool { return strings.EqualFold(property(o, name), value) })
	if i < 0 || value == "" {
		return nil
	}
	return objects[i]
}

func filtered(objects []json.RawMessage, name, value string) []json.RawMessage {
	all := []json.RawMessage{}
	for _, o := range objects {
		if property(o, name) == value {
			all = append(all, o)
		}
	}
	return all
}

// only keeps the properties that $select names.
func only(raw json.RawMessage, selected []string) json.RawMessage {
	if selected == nil {
		return raw
	}
	return shape{policies: true, unknown: true, selected: selected}.append(nil, raw)
}

// quote is a string as JSON.
func quote(s string) json.RawMessage {
	text, _ := json.Marshal(s) // a string can always be written as JSON
	return text
}
