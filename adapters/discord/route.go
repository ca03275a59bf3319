package discord

import "strings"

// route is what Discord's limits tell apart: the kind of request, and the
// channel, server or webhook that it is about
// (https://discord.com/developers/docs/topics/rate-limits, read 2026-11-29).
type route struct {
	name, major string
	kind        kind
}

// kind tells requests apart that count otherwise.
type kind uint8

const (
	usual     kind = iota
	answering      // an interaction: outside of every limit but that of refusals
	following      // what follows on the first answer: outside of the limit of all
)

// routeOf reads the route from a method and the path of an address.
func routeOf(method, path string) route {
	_, path, _ = strings.Cut(path, "/api/")
	parts := strings.Split(path, "/")
	if len(parts) > 1 {
		parts = parts[1:] // the version
	}
	r := route{}
	for i, part := range parts {
		switch {
		case i == 0:
		case i == 1 && (parts[0] == "channels" || parts[0] == "guilds" || parts[0] == "webhooks" || parts[0] == "interactions"):
			r.major, parts[i] = part, "*"
		case i == 2 && (parts[0] == "webhooks" || parts[0] == "interactions"):
			r.major, parts[i] = r.major+"/"+part, "*"
		case isSnowflake(part):
			parts[i] = "*"
		}
	}
	r.name = method + " " + strings.Join(parts, "/")
	switch parts[0] {
	case "interactions":
		r.kind = answering
	case "webhooks":
		r.kind = following
	}
	return r
}
