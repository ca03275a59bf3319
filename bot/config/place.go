package config

import (
	"fmt"
	"path/filepath"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/terminal"
)

// PlaceNamed reads a place that a person wrote: terminal, or logfile: and a path,
// which is taken from the configuration's folder when it is relative.
func (c Config) PlaceNamed(text string) (chat.Place, error) {
	if text == chat.Terminal {
		return terminal.Place(), nil
	}
	p, err := chat.ParsePlace(text)
	if err != nil {
		return chat.Place{}, fmt.Errorf("%w; write terminal or logfile:PATH", err)
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
	return chat.Place{}, fmt.Errorf("there is no platform %s here; write terminal or logfile:PATH", p.Platform)
}
