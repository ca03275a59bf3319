package watch

import (
	"time"

	"legacyauth/detect"
)

// kept is what this process keeps of a tenant from one pass to the next, so that
// the next one need not fold the whole month to judge a few clients.
type kept struct {
	// token is the mark that the pass left. Another pass, of whichever process,
	// leaves another one, and a purge removes it: then kept no longer holds.
	token  string
	from   time.Time // midnight from which sign-ins are judged
	shared *detect.Shared
	// networks are those that sign-ins came from: others need not be looked up.
	networks networks
	// unmoved are the clients, by number, that were silent long enough and of
	// whose people no modern sign-in was seen since: only a new row of theirs, or
	// asking, can tell more.
	unmoved map[int64]bool
	// later is what was read after clients were judged: the next pass judges by
	// it.
	later afterwards
	// timeless says that a bundle carries no time, so that it leaves at no
	// midnight.
	timeless bool
}

// afterwards is whom and where the rows are about that came after judging.
type afterwards struct {
	users    []detect.User
	networks map[string]bool
}

// takeKept gives what is kept of a tenant, and keeps it no longer: who uses it
// changes it, and gives it back when its pass is recorded.
func (w *Watcher) takeKept(tenant int64) *kept {
	w.keeping.Lock()
	defer w.keeping.Unlock()
	k := w.kept[tenant]
	delete(w.kept, tenant)
	return k
}

// giveKept keeps it until the next pass over the tenant.
func (w *Watcher) giveKept(tenant int64, k *kept) {
	w.keeping.Lock()
	defer w.keeping.Unlock()
	if w.kept == nil {
		w.kept = map[int64]*kept{}
	}
	w.kept[tenant] = k
}

// keepJudged has the next pass begin where this one, which left a token, has ended.
func (p *pass) keepJudged(j *judged, token string, unmoved map[int64]bool) {
	k := &kept{token: token, from: j.window.From, shared: j.shared, networks: j.networks, unmoved: unmoved, timeless: j.timeless}
	k.later.networks = map[string]bool{}
	for i := range p.asked {
		b := &p.asked[i]
		if at := b.Row.Time; !at.IsZero() && at.Before(k.from) {
			continue // asked for since a client's last use, which may lie further back than is judged
		}
		before := k.shared.Standing(b.Row.IP)
		k.shared.Recall(b)
		k.networks.add(b.Row.IP)
		if k.shared.Standing(b.Row.IP) != before {
			k.later.networks[b.Row.IP] = true
		}
		k.later.users = append(k.later.users, detect.User{Name: b.Row.User, ID: b.Row.UserID})
	}
	p.giveKept(p.number, k)
}

// forgetTimeless keeps nothing of a tenant of whose sign-ins without a time some
// may have been forgotten.
func (p *pass) forgetTimeless() {
	if k := p.takeKept(p.number); k != nil && !k.timeless {
		p.giveKept(p.number, k)
	}
}
