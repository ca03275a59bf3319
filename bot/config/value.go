package config

import (
	"fmt"
	"os"
	"strings"
)

// Value is a text that stands in the file itself or, when it holds a secret,
// elsewhere. Its zero value is one that is not given.
type Value struct {
	// Text is what stands in the file.
	Text string
	Env  string `yaml:"env"`
	File string `yaml:"file"`
}

// UnmarshalYAML takes a text or the place of one.
func (v *Value) UnmarshalYAML(unmarshal func(any) error) error {
	var text string
	if unmarshal(&text) == nil {
		*v = Value{Text: strings.TrimSpace(text)}
		return nil
	}
	var p Place
	if err := unmarshal(&p); err != nil {
		return refused("", 0, err, Place{})
	}
	*v = Value{Env: p.Env, File: p.File}
	return nil
}

// Read gives the text, from the environment or a file if it is there; empty
// where none is given. Errors never hold what was read.
func (v Value) Read() (string, error) {
	var text string
	switch {
	case v.Env != "" && v.File != "":
		return "", fmt.Errorf("environment variable %s and file %s are both named: name one of the two", v.Env, v.File)
	case v.Env != "":
		if text = strings.TrimSpace(os.Getenv(v.Env)); text == "" {
			return "", fmt.Errorf("environment variable %s is empty or not set: set it for the process that runs legacyauth", v.Env)
		}
	case v.File != "":
		raw, err := os.ReadFile(v.File)
		if err != nil {
			return "", fmt.Errorf("read a setting: %w", err)
		}
		if text = strings.TrimSpace(string(raw)); text == "" {
			return "", fmt.Errorf("file %s is empty: write the setting into it, and nothing else", v.File)
		}
	default:
		text = v.Text
	}
	return text, nil
}
