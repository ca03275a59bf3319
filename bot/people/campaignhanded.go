package people

import (
	"slices"
	"strings"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

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
		if e := &entries[i]; e.What == storage.Reassigned && e.Tenant == t.tenant {
			t.gave[e.Subject] = append(t.gave[e.Subject], e.Detail["before"])
		}
	}
	return err
}
