package news

import (
	"strings"

	"legacyauth/detect"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Hears says in words what a subscription asks for. Names of tenants in it are
// cleaned; Spell gives what to type instead.
func Hears(s storage.Subscription) string {
	what := "every alert"
	if f := s.Filter; len(f.Only)+len(f.Protocols)+len(f.Tenants) > 0 || f.Severity != "" {
		parts := []string{"alerts"}
		if len(f.Only) > 0 {
			parts = append(parts, "of "+either(f.Only))
		}
		if len(f.Protocols) > 0 {
			parts = append(parts, "about "+either(protocolNames(f.Protocols)))
		}
		if len(f.Tenants) > 0 {
			parts = append(parts, "in "+card.Clean(either(f.Tenants)))
		}
		if f.Severity != "" {
			parts = append(parts, "of at least "+f.Severity+" severity")
		}
		what = strings.Join(parts, " ")
	}
	zone := s.Zone
	if zone == "" {
		zone = "UTC"
	}
	digest := "the digest of each " + s.Digest.Day.String() + ", " + hour(s.Digest.Minute)
	switch s.Mode {
	case ModeDigest:
		what = digest + " (" + zone + "), made of " + what
	case ModeBoth:
		what += ", and " + digest + " (" + zone + ")"
	}
	if s.Quiet.From != s.Quiet.To {
		what += "; from " + hour(s.Quiet.From) + " to " + hour(s.Quiet.To) + " (" + zone + ") only what is urgent"
	}
	return what
}

func protocolNames(protocols []detect.Protocol) []string {
	list := make([]string, len(protocols))
	for i, p := range protocols {
		list[i] = p.Name()
	}
	return list
}

// either joins words that are one or the other: "a", "a or b", "a, b or c".
func either(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " or " + words[n-1]
	}
	return strings.Join(words, "")
}
