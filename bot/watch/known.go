package watch

import (
	"maps"
	"slices"
	"time"

	"legacyauth/bot/news"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// known is what is stored of a tenant when a pass compares.
type known struct {
	clients []storage.Client
	byKey   map[string]int
	// bystanders are clients of other accounts that a deadline counts.
	bystanders []storage.Client
	// standing are the exceptions that nobody has ended, by client.
	standing map[int64]storage.Exception
	// histories are those of clients whose exception has come to its end.
	histories map[int64][]migration.Change
	covered   []detect.Window
	// completeAt is when the last complete pass began; zero: there was none
	// lately.
	completeAt time.Time
	marks      map[string]string
	judged     string // value of storage.JudgedMark
}

// meet reads the stored clients of some accounts, of everybody where kin is nil.
func (p *pass) meet(tx *storage.Tx, k *known, kin *storage.Kin) (err error) {
	if kin == nil {
		k.clients, _, err = tx.Clients(p.number, storage.ClientFilter{})
	} else {
		_, err = tx.Complete(p.number, kin, mostNarrow)
		k.clients = kin.Clients
	}
	if err != nil {
		return err
	}
	for i := range k.clients {
		k.byKey[k.clients[i].Key] = i
	}
	for i := range k.clients {
		if c := &k.clients[i]; p.lapsed(c) {
			if k.histories[c.ID], err = tx.History(c.ID); err != nil {
				return err
			}
		}
	}
	if kin == nil {
		return nil
	}
	k.bystanders, err = p.countingDown(tx, k)
	k.bystanders = slices.DeleteFunc(k.bystanders, func(c storage.Client) bool { _, met := k.byKey[c.Key]; return met })
	return err
}

// look reads what is stored of the tenant, without its clients.
func (p *pass) look(tx *storage.Tx) (*known, error) {
	k := &known{byKey: map[string]int{}, standing: map[int64]storage.Exception{}, histories: map[int64][]migration.Change{}, marks: map[string]string{}}
	exceptions, err := tx.Exceptions(p.number, time.Time{})
	if err != nil {
		return nil, err
	}
	for _, e := range exceptions {
		if e.Ended.IsZero() {
			k.standing[e.Client] = e
		}
	}
	for _, prefix := range []string{news.MarkPrefix, newestMark} {
		marks, err := tx.Marks(p.number, prefix)
		if err != nil {
			return nil, err
		}
		maps.Copy(k.marks, marks)
	}
	passes, err := tx.Passes(p.number, 50)
	if err != nil {
		return nil, err
	}
	for _, pass := range passes {
		if pass.Complete {
			k.completeAt = later(k.completeAt, pass.Started)
		}
	}
	k.covered, err = tx.Covered(p.number, p.began.Add(-2*memory))
	return k, err
}

// lapsed says whether a client's exception has come to its end.
func (p *pass) lapsed(c *storage.Client) bool {
	return c.State == migration.Excepted && !c.ExceptUntil.IsZero() && !c.ExceptUntil.After(p.began)
}

// completeTo is until when everything was read; zero where nothing ever was. Of
// a folder that is when all that had arrived was read, be its newest row older.
func (k *known) completeTo() time.Time {
	to := k.completeAt
	for _, w := range k.covered {
		to = later(to, w.To)
	}
	return to
}
