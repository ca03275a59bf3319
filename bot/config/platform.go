package config

import (
	"slices"
	"strings"

	"legacyauth/adapters/chat"
)

// Platform is a chat platform that the configuration has.
type Platform struct {
	Name string // that of chat.Place.Platform
	// Tenants gives the names of the tenants that people of a workspace may ask
	// about. Nil: everybody may ask about all of them.
	Tenants func(workspace string) []string
}

// With gives the configuration with a chat platform.
func (c Config) With(p Platform) Config {
	c.platforms = append(slices.Clip(c.platforms), p)
	return c
}

// Platforms gives the chat platforms that the configuration has.
func (c Config) Platforms() []Platform { return slices.Clone(c.platforms) }

func (c Config) platform(name string) (Platform, bool) {
	i := slices.IndexFunc(c.platforms, func(p Platform) bool { return p.Name == name })
	if i < 0 {
		return Platform{}, false
	}
	return c.platforms[i], true
}

// TenantsAt gives the names of the tenants that may be asked about from a place,
// as they stand in the configuration. A workspace that is bound to none gets
// none, and so does a platform that is not in the configuration.
func (c Config) TenantsAt(place chat.Place) []string {
	p, ok := c.platform(place.Platform)
	switch {
	case place.Platform == chat.Terminal, ok && p.Tenants == nil:
		return c.names()
	case !ok:
		return nil
	}
	var names []string
	bound := p.Tenants(place.Workspace)
	for _, name := range c.names() {
		if slices.ContainsFunc(bound, func(b string) bool { return strings.EqualFold(b, name) }) {
			names = append(names, name)
		}
	}
	return names
}
