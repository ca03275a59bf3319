package playbooks

import (
	"slices"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// For gives the playbook for a client, never nil. Of those that match, the
// highest rank wins, then the one that is narrowed by more, then the lower id. A client without a verdict counts as in use.
func (l *Library) For(c detect.Client) *Playbook {
	var best *Playbook
	for _, p := range l.all {
		if p.matches(c) && (best == nil || p.beats(best)) {
			best = p
		}
	}
	return best
}

func (p *Playbook) matches(c detect.Client) bool {
	family, verdict := c.Device.Family, c.Verdict
	if family == "" {
		family = useragent.Unknown
	}
	if !slices.Contains(detect.Verdicts(), verdict) {
		verdict = detect.InUse
	}
	return !p.Topic &&
		(len(p.Families) == 0 || slices.Contains(p.Families, family)) &&
		(len(p.Protocols) == 0 || slices.Contains(p.Protocols, c.Protocol)) &&
		(len(p.Authentication) == 0 || slices.Contains(p.Authentication, c.Auth.Kind)) &&
		(!p.Disabled || c.AccountDisabled) &&
		slices.Contains(p.Verdicts, verdict) &&
		p.Versions.Match(c.Device.Version)
}

// beats says whether p comes before q; ties go to the lower id, which comes
// first in a library.
func (p *Playbook) beats(q *Playbook) bool {
	if p.Rank != q.Rank {
		return p.Rank > q.Rank
	}
	return p.named() > q.named()
}

// named counts by what p is narrowed.
func (p *Playbook) named() int {
	n := 0
	for _, narrowed := range []bool{
		len(p.Families) > 0, len(p.Protocols) > 0, !p.Versions.Any(), len(p.Authentication) > 0, p.Disabled,
	} {
		if narrowed {
			n++
		}
	}
	return n
}

// catchesAll says whether p matches every client of a verdict.
func (p *Playbook) catchesAll(v detect.Verdict) bool {
	return !p.Topic && p.named() == 0 && slices.Contains(p.Verdicts, v)
}
