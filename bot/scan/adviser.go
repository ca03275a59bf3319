package scan

import (
	"time"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
)

// adviser gives clients their playbooks and deadlines. Of each deadline it keeps one
// copy: with a hundred thousand clients they would be a fifth of the answer.
type adviser struct {
	library *playbooks.Library
	today   time.Time
	ends    map[ending]*playbooks.Retirement
}

// ending is what a deadline hangs on.
type ending struct {
	protocol detect.Protocol
	family   useragent.Family
}

func newAdviser(library *playbooks.Library, today time.Time) *adviser {
	return &adviser{library, today, map[ending]*playbooks.Retirement{}}
}

func (a *adviser) advised(c detect.Client) Finding {
	f := Finding{Client: c, Playbook: a.library.For(c)}
	if endsWithBasic(c) {
		f.Deadline = a.deadline(ending{c.Protocol, c.Device.Family})
		f.Dated = f.Deadline != nil
	}
	return f
}

func (a *adviser) deadline(of ending) *playbooks.Retirement {
	known, ok := a.ends[of]
	if !ok {
		if r, dated := a.library.Deadline(of.protocol, of.family, a.today); dated {
			known = &r
		}
		a.ends[of] = known
	}
	return known
}

// endsWithBasic says whether the end of basic authentication stops the client.
// A token keeps working, except that EWS itself ends.
func endsWithBasic(c detect.Client) bool {
	return c.Auth.Kind != detect.Token || c.Protocol == detect.EWS
}
