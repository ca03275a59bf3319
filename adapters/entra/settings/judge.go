package settings

import "legacyauth/detect"

// Judge says what the facts mean, in the order people should read it. It does
// no I/O and reads no clock. Clients are those of a scan of the same tenant; nil
// says that there was no scan, an empty slice that it found no client.
func Judge(f Facts, clients []detect.Client, e Expectations) []Item {
	g := newGrants(f.Permissions)
	b := blocks{facts: f, expect: e, granted: g}
	var items []Item
	items = append(items, judgeApple(f.Apple, e, g)...)
	items = append(items, b.conditionalAccess()...)
	items = append(items, b.unmatched()...)
	items = append(items, b.managed(), b.securityDefaults())
	items = append(items, b.reportOnly(clients)...)
	items = append(items, b.inUse(clients)...)
	items = append(items, JudgeExchange(f.Exchange)...)
	items = append(items, judgeLicenses(f.Licenses, g)...)
	items = append(items, judgePermissions(f.Permissions, f.Delegated)...)
	return items
}
