package news

import (
	"slices"
	"strings"

	"legacyauth/detect"
	"legacyauth/storage"
)

// Matches says whether a filter lets an item through. News of coverage passes
// every filter but that of the tenant, and an admins' item passes only a filter
// that names its kind.
func Matches(f storage.Filter, i Item) bool {
	if !about(f.Tenants, i.Tenant) {
		return false
	}
	switch {
	case i.coverage():
		return true
	case i.Admins && !slices.Contains(f.Only, string(i.Kind)):
		return false
	case !i.Severity.AtLeast(Severity(f.Severity)):
		return false
	}
	return wanted(f.Only, i) && overlap(f.Protocols, i.Protocols)
}

// about says whether a tenant is among those named; none named is all.
func about(tenants []string, tenant string) bool {
	return len(tenants) == 0 || slices.ContainsFunc(tenants, func(t string) bool { return strings.EqualFold(t, tenant) })
}

// wanted says whether a kind or a verdict was asked for. The first look passes:
// a subscription to what is in use hears what was there when it began.
func wanted(only []string, i Item) bool {
	return len(only) == 0 || i.Kind == Baseline ||
		slices.Contains(only, string(i.Kind)) || i.Verdict != "" && slices.Contains(only, string(i.Verdict))
}

func overlap(asked, has []detect.Protocol) bool {
	return len(asked) == 0 || len(has) == 0 || slices.ContainsFunc(has, func(p detect.Protocol) bool { return slices.Contains(asked, p) })
}

// lets says whether a client is among what a filter asks for, for the counts of
// a digest.
func lets(f storage.Filter, c storage.Client) bool {
	verdicts := slices.DeleteFunc(slices.Clone(f.Only), func(s string) bool {
		return !slices.Contains(detect.Verdicts(), detect.Verdict(s))
	})
	return overlap(f.Protocols, []detect.Protocol{c.Protocol}) &&
		(len(verdicts) == 0 || slices.Contains(verdicts, string(c.Verdict)))
}
