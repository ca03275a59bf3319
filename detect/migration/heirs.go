package migration

import (
	"slices"
	"strings"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// Known is a stored client, as far as its key rests on it.
type Known struct{ detect.Client }

// Heirs gives, for each stored client whose sign-ins lie in the window but whose
// key is gone from now, the keys under which they go on, sorted. Keys change
// where a scan knows more about who is who (see detect.Client.Key): a second
// registered device of one model splits a key, a directory id takes the place of
// a user name.
//
// An heir that is stored already keeps its own state; a new one inherits
// (WasRekeyed), and the old client is closed (WasReplaced). A client that has no
// heir is left out: its sign-ins have only left the window, or its rows now say
// otherwise.
func Heirs(stored []Known, now []detect.Client, window detect.Window) map[string][]string {
	present := make(map[string]bool, len(now))
	places := map[string][]*detect.Client{}
	for i := range now {
		c := &now[i]
		present[c.Key] = true
		for _, name := range names(c) {
			places[name] = append(places[name], c)
		}
	}
	heirs := map[string][]string{}
	for i := range stored {
		old := &stored[i].Client
		if present[old.Key] || !window.Contains(old.Last) {
			continue
		}
		var keys []string
		for _, name := range names(old) {
			for _, c := range places[name] {
				if follows(old, c) {
					keys = append(keys, c.Key)
				}
			}
		}
		if len(keys) > 0 {
			slices.Sort(keys)
			heirs[old.Key] = slices.Compact(keys)
		}
	}
	return heirs
}

// names gives the two ways by which an account is called.
func names(c *detect.Client) []string {
	var list []string
	if c.User.ID != "" {
		list = append(list, "id "+strings.ToLower(c.User.ID))
	}
	if c.User.Name != "" {
		list = append(list, "name "+strings.ToLower(c.User.Name))
	}
	return list
}

// follows says whether c can be what became of old: one account by id, else by
// name, one protocol and one device.
func follows(old, c *detect.Client) bool {
	if old.Protocol != c.Protocol ||
		old.Tenant != "" && c.Tenant != "" && old.Tenant != c.Tenant ||
		old.User.ID != "" && c.User.ID != "" && old.User.ID != c.User.ID {
		return false
	}
	was, is := identity(old), identity(c)
	if was != is {
		return false
	}
	return was != "" || shareNetwork(old, c)
}

// identity is the device part of a client's key. The agent tells it; a device
// named by rhythm or account is not part of a key.
func identity(c *detect.Client) string {
	if len(c.Agents) > 0 {
		return useragent.Decode(c.Agents[0]).Identity()
	}
	switch c.Device.Family {
	case useragent.Printer, useragent.MailSender, useragent.MailboxReader, useragent.TeamsRoom:
		return ""
	}
	return c.Device.Identity()
}

func shareNetwork(a, b *detect.Client) bool {
	for _, n := range a.Networks {
		if slices.ContainsFunc(b.Networks, func(o detect.Network) bool { return o.Address == n.Address }) {
			return true
		}
	}
	return len(a.Networks) == 0 && len(b.Networks) == 0
}
