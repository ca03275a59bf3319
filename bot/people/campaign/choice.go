package campaign

import (
	"cmp"
	"slices"
	"strings"

	"legacyauth/bot/people/owners"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/storage"
)

// Choice says whose clients a campaign is about; an empty field lets every
// client through. The names in JSON never change.
type Choice struct {
	Protocols []detect.Protocol  `json:"protocols,omitempty"`
	Families  []useragent.Family `json:"families,omitempty"`
	Verdicts  []detect.Verdict   `json:"verdicts,omitempty"`
	// Users are user names or directory ids, of a group or a list; nil lets every
	// user through, an empty list none.
	Users []string `json:"users"`
	// Group is what the list of users is called; may be empty.
	Group string `json:"group,omitempty"`
}

// Takes says whether a client is one that the campaign is about.
func (c Choice) Takes(s *storage.Client) bool {
	in := func(name string) bool {
		return name != "" && slices.ContainsFunc(c.Users, func(u string) bool { return strings.EqualFold(u, name) })
	}
	return (len(c.Protocols) == 0 || slices.Contains(c.Protocols, s.Protocol)) &&
		(len(c.Families) == 0 || slices.Contains(c.Families, s.Device.Family)) &&
		(len(c.Verdicts) == 0 || slices.Contains(c.Verdicts, s.Verdict)) &&
		(c.Users == nil || in(s.User.Name) || in(s.User.ID) || in(s.Owner))
}

// Hold keeps messages back that would be useless before something else is done.
type Hold struct {
	// Why is a sentence for admins.
	Why string
	// Families and Protocols that it holds back; no families is every one.
	Families  []useragent.Family
	Protocols []detect.Protocol
}

// Holds says whether it keeps back the message about a client.
func (h Hold) Holds(c *detect.Client) bool {
	return (len(h.Families) == 0 || slices.Contains(h.Families, c.Device.Family)) &&
		(len(h.Protocols) == 0 || slices.Contains(h.Protocols, c.Protocol))
}

// Person is one person that a campaign would tell.
type Person struct {
	User, ID string
	Clients  []storage.Client
	// Held says why they are not told yet; empty: they can be.
	Held string
}

// Plan is whom a campaign would tell, with what it leaves out and why.
type Plan struct {
	People []Person // with something to do, by urgency; the held ones last
	// Clients counts those of the people that are told.
	Clients int
	// Counts of the chosen clients that make no message.
	Done, Excepted, Admins, Spray int
	// Holds are those that hold anybody back, with how many people each does.
	Holds map[string]int
}

// Told counts the people that can be told.
func (p *Plan) Told() int {
	n := 0
	for _, person := range p.People {
		if person.Held == "" {
			n++
		}
	}
	return n
}

// Make works out whom a campaign tells. A person all of whose chosen clients are
// held back is held back.
func Make(choice Choice, holds []Hold, clients []storage.Client) Plan {
	plan := Plan{Holds: map[string]int{}}
	at := map[string]int{}
	for i := range clients {
		c := &clients[i]
		if !choice.Takes(c) {
			continue
		}
		route := owners.Of(c)
		switch {
		case !migration.HasState(&c.Client):
			plan.Spray++
			continue
		case c.State == migration.Excepted:
			plan.Excepted++
			continue
		case c.State.Done():
			plan.Done++
			continue
		case route.Admins || route.User == "" && route.ID == "":
			plan.Admins++
			continue
		}
		key := strings.ToLower(cmp.Or(route.User, route.ID))
		n, ok := at[key]
		if !ok {
			n = len(plan.People)
			at[key] = n
			plan.People = append(plan.People, Person{User: route.User, ID: route.ID})
		}
		plan.People[n].Clients = append(plan.People[n].Clients, *c)
	}
	for i := range plan.People {
		p := &plan.People[i]
		p.Held = heldBy(p.Clients, holds)
		if p.Held != "" {
			plan.Holds[p.Held]++
			continue
		}
		plan.Clients += len(p.Clients)
	}
	slices.SortStableFunc(plan.People, func(a, b Person) int {
		return cmp.Or(cmp.Compare(boolRank(a.Held != ""), boolRank(b.Held != "")), cmp.Compare(urgency(a), urgency(b)),
			cmp.Compare(strings.ToLower(a.User), strings.ToLower(b.User)), cmp.Compare(a.ID, b.ID))
	})
	return plan
}

// heldBy gives why every client is held back; empty: one is not.
func heldBy(clients []storage.Client, holds []Hold) string {
	why := ""
	for i := range clients {
		held := ""
		for _, h := range holds {
			if h.Holds(&clients[i].Client) {
				held = h.Why
				break
			}
		}
		if held == "" {
			return ""
		}
		why = cmp.Or(why, held)
	}
	return why
}

func boolRank(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// urgency puts people with clients in use before those whose clients do not get
// in.
func urgency(p Person) int {
	least := len(detect.Verdicts())
	for i := range p.Clients {
		least = min(least, slices.Index(detect.Verdicts(), p.Clients[i].Verdict))
	}
	return least
}

// Samples gives one client of each kind that kind tells apart, the first in the order
// of the people.
func (p *Plan) Samples(kind func(*storage.Client) string) []storage.Client {
	seen := map[string]bool{}
	var samples []storage.Client
	for _, person := range p.People {
		for i := range person.Clients {
			c := &person.Clients[i]
			if k := kind(c); !seen[k] {
				seen[k] = true
				samples = append(samples, *c)
			}
		}
	}
	return samples
}
