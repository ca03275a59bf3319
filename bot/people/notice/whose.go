package notice

import "legacyauth/playbooks/card"

func anything(*Client) bool { return true }

// mix counts, among the devices for which pick says so, those that sign in as the
// person and those that the person answers for.
func (v *View) mix(pick func(*Client) bool) (own, owned int) {
	for _, group := range v.groups(pick) {
		if group[0].Owned {
			owned++
		} else {
			own++
		}
	}
	return own, owned
}

// whose gives the key of what is said of the person's own devices, of those that
// the person answers for, and of both.
func (v *View) whose(key string, pick func(*Client) bool) string {
	switch own, owned := v.mix(pick); {
	case owned == 0:
		return key
	case own == 0:
		return key + ".owned"
	}
	return key + ".mixed"
}

// title says how many devices are left.
func (v *View) title() string {
	l, n := v.Language, v.Devices()
	key := v.whose("notice.title", (*Client).left)
	if key == "notice.title.mixed" {
		return l.Say(key, "n", l.Number(n))
	}
	return l.Count(key, n)
}

// intro says what it is about.
func (v *View) intro() card.Block {
	l := v.Language
	own, owned := v.mix((*Client).todo)
	switch key := v.whose("notice.intro", (*Client).todo); key {
	case "notice.intro.owned":
		return card.Para{Spans: plain(l.Count(key, owned))}
	case "notice.intro.mixed":
		return card.Para{Spans: plain(l.Count(key, owned, "user", v.user()))}
	}
	return card.Para{Spans: plain(l.Count("notice.intro", own, "user", v.user()))}
}
