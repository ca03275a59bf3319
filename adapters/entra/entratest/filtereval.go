package entratest

import (
	"slices"
	"strings"
	"time"
)

// condition is a parsed $filter, or a part of it.
type condition interface {
	// holds says whether a row meets the condition. Within any() over event
	// types, member is the event type looked at.
	holds(r *Row, member string) bool
}

type (
	allOf     []condition
	anyOf     []condition
	anyEvent  struct{ of condition }
	equal     struct{ property, value string }
	prefixed  struct{ property, value string }
	errorCode int
	event     struct {
		value string
		not   bool
	}
	created struct {
		operator string
		time     time.Time
	}
)

func (c allOf) holds(r *Row, member string) bool {
	for _, part := range c {
		if !part.holds(r, member) {
			return false
		}
	}
	return true
}

func (c anyOf) holds(r *Row, member string) bool {
	for _, part := range c {
		if part.holds(r, member) {
			return true
		}
	}
	return false
}

func (c anyEvent) holds(r *Row, _ string) bool { return c.of.holds(r, r.event()) }

func (c event) holds(_ *Row, member string) bool { return (member == c.value) != c.not }

// Comparison is exact, as Microsoft's support text says of user names. Whether an
// empty text equals a property that is null is not documented; here it does.
func (c equal) holds(r *Row, _ string) bool { return r.property(c.property) == c.value }

func (c prefixed) holds(r *Row, _ string) bool {
	return strings.HasPrefix(r.property(c.property), c.value)
}

func (c errorCode) holds(r *Row, _ string) bool { return r.ErrorCode == int(c) }

func (c created) holds(r *Row, _ string) bool {
	order := r.Time.Compare(c.time)
	switch c.operator {
	case "ge":
		return order >= 0
	case "gt":
		return order > 0
	case "le":
		return order <= 0
	case "lt":
		return order < 0
	default:
		return order == 0
	}
}

func (r *Row) property(name string) string {
	switch name {
	case "id":
		return r.ID
	case "userId":
		return r.UserID
	case "userPrincipalName":
		return r.User
	case "appId":
		return r.AppID
	case "ipAddress":
		return r.IP
	default:
		return r.ClientApp
	}
}

// namesEvents says whether a filter asks for event types; one that does not
// gets interactive sign-ins only.
func namesEvents(c condition) bool {
	switch c := c.(type) {
	case allOf:
		return slices.ContainsFunc(c, namesEvents)
	case anyOf:
		return slices.ContainsFunc(c, namesEvents)
	case anyEvent:
		return true
	default:
		return false
	}
}

// clientApps are the clientAppUsed values that a filter names.
func clientApps(c condition) []string {
	var values []string
	switch c := c.(type) {
	case allOf:
		for _, part := range c {
			values = append(values, clientApps(part)...)
		}
	case anyOf:
		for _, part := range c {
			values = append(values, clientApps(part)...)
		}
	case equal:
		if c.property == "clientAppUsed" {
			values = []string{c.value}
		}
	}
	return values
}

// bounds are the times between which every row that a filter lets through
// lies; zero means no bound.
func bounds(c condition) (after, before time.Time) {
	switch c := c.(type) {
	case created:
		switch c.operator {
		case "ge", "gt":
			return c.time, time.Time{}
		case "le", "lt":
			return time.Time{}, c.time
		default:
			return c.time, c.time
		}
	case allOf:
		for _, part := range c {
			a, b := bounds(part)
			if a.After(after) {
				after = a
			}
			if before.IsZero() || !b.IsZero() && b.Before(before) {
				before = b
			}
		}
	}
	return after, before
}
