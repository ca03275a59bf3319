package config

import (
	"fmt"
	"path/filepath"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/terminal"
)

// PlaceNamed reads a place that a person wrote: terminal, or logfile: and a path,
// which is taken from the configuration's folder when it is relative, or a place
// of a platform that the configuration has.
func (c Config) PlaceNamed(text string) (chat.Place, error) {
	if text == chat.Terminal {
		return terminal.Place(), nil
	}
	p, err := chat.ParsePlace(text)
	if err != nil {
		return chat.Place{}, fmt.Errorf("%w; write %s", err, c.places())
	}
	switch p.Platform {
	case chat.Terminal:
		return terminal.Place(), nil
	case chat.LogFile:
		if !filepath.IsAbs(p.Channel) {
			p.Channel = filepath.Join(c.dir, p.Channel)
		}
		return p, nil
	}
	if _, ok := c.platform(p.Platform); ok {
		return p, nil
	}
	return chat.Place{}, fmt.Errorf("there is no platform %s here; write %s", p.Platform, c.places())
}

// places says how a place is written.
func (c Config) places() string {
	words := []string{"terminal", "logfile:PATH"}
	for _, p := range c.platforms {
		words = append(words, p.Name+":WORKSPACE:CHANNEL")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}
