package watch

import (
	"slices"
	"time"

	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// rekeyed says which stored clients go on under another key, by both keys.
type rekeyed struct {
	heirs map[string][]string // of the old key
	old   map[string]string   // of a new key, not stored yet
	owner map[string]string   // whom the old client of a key had
}

func (p *pass) rekeyed(k *known, j *judged) rekeyed {
	present := make(map[string]bool, len(j.clients))
	for i := range j.clients {
		present[j.clients[i].Key] = true
	}
	var gone []migration.Known
	for i := range k.clients {
		if c := &k.clients[i].Client; !present[c.Key] && j.window.Contains(c.Last) {
			gone = append(gone, migration.Known{Client: *c})
		}
	}
	r := rekeyed{old: map[string]string{}, owner: map[string]string{}}
	if len(gone) == 0 {
		return r
	}
	r.heirs = migration.Heirs(gone, j.clients, j.window)
	for i := range k.clients {
		old := &k.clients[i]
		for _, key := range r.heirs[old.Key] {
			if old.Owner != "" {
				r.owner[key] = old.Owner
			}
			if _, stored := k.byKey[key]; stored {
				continue
			}
			// Of several the one on which most was done hands on its state.
			if other, taken := r.old[key]; !taken || further(old, &k.clients[k.byKey[other]]) {
				r.old[key] = old.Key
			}
		}
	}
	return r
}

// further says whether a's migration has come further than b's.
func further(a, b *storage.Client) bool {
	at := func(c *storage.Client) int { return slices.Index(migration.States(), c.State) }
	return at(a) > at(b)
}

// inherit gives a new client the state of the one whose place it takes, and its
// beginning where that lies before from, when judging begins.
func (p *pass) inherit(c, old *storage.Client, from time.Time) migration.Change {
	change := migration.Change{
		From: old.State, To: old.State, Event: migration.WasRekeyed, At: p.began, By: migration.Bot().String(),
		Why: "It goes on from client " + old.Key + ": the log now tells more of who is who.", Until: old.ExceptUntil,
	}
	c.State, c.Since, c.ExceptUntil, c.FirstStored = old.State, old.Since, old.ExceptUntil, old.FirstStored
	if old.First.Before(from) {
		c.First = earlier(c.First, old.First)
	}
	return change
}

// replace closes a client that goes on under other keys.
func (p *pass) replace(c *storage.Client, keys []string) (migration.Change, error) {
	why := "It goes on as client " + keys[0] + "."
	if len(keys) > 1 {
		why = "It goes on as several clients, " + keys[0] + " among them."
	}
	change, err := migration.Step(c.State, migration.WasReplaced, p.began, migration.Bot(), why)
	if err == nil {
		c.State, c.Since, c.ExceptUntil = change.To, change.At, change.Until
	}
	return change, err
}
