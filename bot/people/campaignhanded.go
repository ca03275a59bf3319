package people

import (
	"slices"
	"strings"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// reassigned is the entry of the trail when a client gets another owner. Its
// detail has the new one under owner, and the one before under before where there
// was one.
const reassigned = "client.reassigned"

// notice gives the notice of a member by name or directory id; false: no member.
func (t *tally) notice(user, id string) (storage.Notice, bool) {
	for _, name := range []string{id, user} {
		if n, ok := t.notices[strings.ToLower(name)]; ok && name != "" {
			return n, true
		}
	}
	return storage.Notice{}, false
}

// handedOn says whether a client that is no member's by now was one's in this
// campaign, and gives the member's notice. Who handed it on moved nothing: it signs
// in as before, so that it stays in the count.
func (t *tally) handedOn(k *storage.Client, history []migration.Change) (storage.Notice, bool, error) {
	user, member := t.notice(k.User.Name, k.User.ID)
	told := slices.ContainsFunc(history, func(c migration.Change) bool {
		return c.Event == migration.WasTold || c.Event == migration.WasDisowned
	})
	switch {
	case member && (told || k.Verdict == detect.Leaked || k.AccountDisabled):
		return user, true, nil
	case k.Owner == "":
		return user, false, nil
	}
	if t.gave == nil {
		if err := t.readTrail(); err != nil {
			return user, false, err
		}
	}
	before, since := t.gave[k.Key]
	for _, owner := range before {
		if n, ok := t.notice(owner, ""); ok {
			return n, true, nil
		}
	}
	return user, member && since, nil
}

// readTrail notes who answered for what before it was handed on.
func (t *tally) readTrail() error {
	entries, err := t.tx.AuditEntries(t.created, 0)
	t.gave = map[string][]string{}
	for i := range entries {
		if e := &entries[i]; e.What == reassigned && e.Tenant == t.tenant {
			t.gave[e.Subject] = append(t.gave[e.Subject], e.Detail["before"])
		}
	}
	return err
}

// reassign stores who answers for a client, and records it.
func reassign(tx *storage.Tx, c *storage.Client, owner string, by migration.Who, why string) error {
	detail := map[string]string{"owner": owner}
	if c.Owner != "" {
		detail["before"] = c.Owner
	}
	c.Owner = owner
	if err := tx.SaveClient(c); err != nil {
		return err
	}
	return tx.Record(storage.Entry{Tenant: c.Tenant, By: by.String(), What: reassigned, Subject: c.Key, Why: why, Detail: detail})
}

// ownersBefore adds the notices of those whose clients went to another owner since
// a time: what they had to do is no longer theirs.
func ownersBefore(tx *storage.Tx, since time.Time, touched map[int64]bool) error {
	entries, err := tx.AuditEntries(since, 0)
	if err != nil {
		return err
	}
	for i := range entries {
		e := &entries[i]
		before, had := e.Detail["before"]
		if e.What != reassigned || !had {
			continue
		}
		n, ok, err := tx.NoticeOf(e.Tenant, before, "")
		if err != nil {
			return err
		}
		touched[n.ID] = touched[n.ID] || ok
	}
	return nil
}
