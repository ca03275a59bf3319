package command

import (
	"hash/fnv"

	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// grounds are what a change of a client rests on, as a number that a button or a
// form carries (chat.Press.Revision): that it has not moved and is not excepted, or
// who answers for it. Passes and messages make new revisions of a client all the
// time and leave these alone, so that a page may be old and its menus still work.
// 0: the verb changes nothing.
func grounds(verb string, k *storage.Client) int64 {
	switch verb {
	case "except":
		switch {
		case settled(k.State):
			return 2
		case k.State == migration.Excepted:
			return k.ExceptUntil.Unix()
		}
		return 1
	case "reassign":
		if k.Owner == "" {
			return 1
		}
		h := fnv.New32a()
		_, _ = h.Write([]byte(k.Owner))
		return int64(h.Sum32()) + 2
	}
	return 0
}

// stale says whether a button was made when what it rests on was otherwise. Typed
// words have no revision and are never stale.
func (c *Call) stale(k *storage.Client) bool {
	return c.Pressed.Revision != 0 && c.Pressed.Revision != grounds(c.Pressed.Verb, k)
}

const staleWords = "It has changed since the button was shown, so nothing was done. This is how it stands now:"
