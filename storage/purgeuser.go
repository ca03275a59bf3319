package storage

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/detect"
)

// subject is everything by which the user of a purge is known.
type subject struct {
	// names and directories are folded; accounts and clients are numbers.
	names, directories map[string]bool
	accounts           map[int64]int64 // with the tenant
	clients            []int64
	keys               []string
	people             []Link
	words              words
}

// purgeUser removes everything of a user.
func (tx *Tx) purgeUser(user string, done *Purged, detail map[string]string) error {
	s, err := tx.find(user)
	if err != nil {
		return doing("find what is stored of the user", err)
	}
	for _, step := range []func(*subject, *Purged) error{
		tx.purgeBundles, tx.purgeSightings, tx.purgeClients, tx.purgeMessages, tx.purgeNotices, tx.purgePeople, tx.purgeMentions,
	} {
		if err := step(s, done); err != nil {
			return doing("remove a user", err)
		}
	}
	detail[purgedDetail], err = tx.purgeDetails(s, done)
	return doing("remove a user from the audit trail", err)
}

// find gathers what the user is known by: the other names of a directory id,
// and the directory ids of a name. A row with another directory id is another
// account, even if it once had the same name.
func (tx *Tx) find(user string) (*subject, error) {
	given := folded(user)
	s := &subject{names: map[string]bool{}, directories: map[string]bool{}, accounts: map[int64]int64{}}
	s.words.add(given)
	for _, table := range []string{"accounts", "clients", "links", "notices", "members"} {
		err := tx.each(`SELECT name, directory FROM `+table+` WHERE name = $1 OR directory = $1`, []any{given}, func(rows *sql.Rows) error {
			var name, directory string
			if err := rows.Scan(&name, &directory); err != nil {
				return err
			}
			if name != "" {
				s.names[name] = true
			}
			if directory != "" {
				s.directories[directory] = true
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	s.names[given] = true
	if err := s.gather(tx); err != nil {
		return nil, err
	}
	for name := range s.names {
		s.words.add(name)
	}
	for directory := range s.directories {
		s.words.add(directory)
	}
	for _, key := range s.keys {
		s.words.add(key)
	}
	for _, p := range s.people {
		s.words.add(chat.Place{Platform: p.Platform, Workspace: p.Workspace, Person: p.Person}.String())
	}
	return s, nil
}

// is says whether a row's account is the user's.
func (s *subject) is(name, directory string) bool {
	return s.directories[directory] || directory == "" && s.names[name] || s.names[directory]
}

func (s *subject) gather(tx *Tx) error {
	for known := range union(s.names, s.directories) {
		err := tx.each(`SELECT id, tenant, name, directory, body FROM accounts WHERE name = $1 OR directory = $1`, []any{known}, func(rows *sql.Rows) error {
			var id, tenant int64
			var name, directory string
			var body []byte
			if err := rows.Scan(&id, &tenant, &name, &directory, &body); err != nil || !s.is(name, directory) {
				return err
			}
			s.accounts[id] = tenant
			if name != "" {
				s.names[name] = true
			}
			var logged detect.SignIn
			err := json.Unmarshal(body, &logged)
			s.words.add(logged.DisplayName)
			return err
		})
		if err != nil {
			return err
		}
		err = tx.each(`SELECT id, key, name, directory, body FROM clients WHERE name = $1 OR directory = $1`, []any{known}, func(rows *sql.Rows) error {
			var id int64
			var key, name, directory string
			var body []byte
			if err := rows.Scan(&id, &key, &name, &directory, &body); err != nil || !s.is(name, directory) {
				return err
			}
			s.clients, s.keys = append(s.clients, id), append(s.keys, key)
			var c detect.Client
			err := json.Unmarshal(body, &c)
			s.words.add(c.User.Display)
			return err
		})
		if err != nil {
			return err
		}
		people, err := tx.LinksTo(0, known)
		if err != nil {
			return err
		}
		told, err := tx.notices(`name = $1 OR directory = $1`, known)
		if err != nil {
			return err
		}
		for _, n := range told { // who is told need not be linked
			if n.Place.Person != "" {
				people = append(people, Link{Platform: n.Place.Platform, Workspace: n.Place.Workspace, Person: n.Place.Person, UserName: n.UserName, UserID: n.UserID})
			}
		}
		for _, p := range people {
			if s.is(p.UserName, p.UserID) {
				s.people = append(s.people, p)
			}
		}
	}
	return nil
}

func union(sets ...map[string]bool) map[string]bool {
	all := map[string]bool{}
	for _, set := range sets {
		for v := range set {
			all[v] = true
		}
	}
	return all
}

// purgeBundles removes the user's bundles day by day, since bundles are in the
// order of days, and then the parts that nobody else's need.
func (tx *Tx) purgeBundles(s *subject, done *Purged) error {
	byTenant := map[int64][]any{}
	for id, tenant := range s.accounts {
		byTenant[tenant] = append(byTenant[tenant], id)
	}
	for tenant, accounts := range byTenant {
		for day := int64(-1); ; {
			var next sql.NullInt64
			if err := tx.one(`SELECT min(day) FROM bundles WHERE tenant = $1 AND day > $2`, []any{tenant, day}, &next); err != nil {
				return err
			}
			if !next.Valid {
				break
			}
			day = next.Int64
			n, err := tx.exec(`DELETE FROM bundles WHERE tenant = $1 AND day = $2 AND account IN `+list(3, len(accounts)),
				append([]any{tenant, day}, accounts...)...)
			if err != nil {
				return err
			}
			done.Bundles += n
		}
	}
	for id := range s.accounts {
		n, err := tx.exec(`DELETE FROM accounts WHERE id = $1`, id)
		if err != nil {
			return err
		}
		done.Accounts += n
	}
	if len(s.accounts) == 0 {
		return nil
	}
	return tx.dropUnusedParts()
}

// purgeSightings removes what is remembered of the user's rows.
func (tx *Tx) purgeSightings(s *subject, done *Purged) error {
	for name := range s.names {
		n, err := tx.exec(`DELETE FROM sightings WHERE name = $1 AND directory = 0`, int64(hashed(name, "").Name)) //nolint:gosec // the bits of a hash
		if err != nil {
			return err
		}
		done.Sightings += n
	}
	for directory := range s.directories {
		n, err := tx.exec(`DELETE FROM sightings WHERE directory = $1`, int64(hashed("", directory).Account)) //nolint:gosec // the bits of a hash
		if err != nil {
			return err
		}
		done.Sightings += n
	}
	return nil
}

// hashed gives a sighting with the hashes of a name and a directory id.
func hashed(name, directory string) detect.Sighting {
	s, _ := detect.Sight(&detect.SignIn{ID: "any", User: name, UserID: directory, ClientApp: "IMAP4", Event: detect.Interactive})
	return s
}

func (tx *Tx) purgeClients(s *subject, done *Purged) error {
	for _, id := range s.clients {
		days, err := tx.exec(`DELETE FROM client_days WHERE client = $1`, id)
		if err != nil {
			return err
		}
		n, err := tx.exec(`DELETE FROM clients WHERE id = $1`, id) // and its changes and exceptions
		if err != nil {
			return err
		}
		done.Days, done.Clients = done.Days+days, done.Clients+n
	}
	for _, key := range s.keys {
		if _, err := tx.exec(`DELETE FROM marks WHERE name = $1`, reassignedMark(key)); err != nil {
			return err
		}
	}
	return nil
}

// purgeNotices removes what tells the user, and the user from campaigns. Where
// they were told becomes theirs, for purgePeople.
func (tx *Tx) purgeNotices(s *subject, done *Purged) error {
	for _, by := range []struct {
		column string
		values map[string]bool
	}{{"name", s.names}, {"directory", s.directories}} {
		for value := range by.values {
			list, err := tx.notices(by.column+` = $1`, value)
			if err != nil {
				return err
			}
			for i := range list {
				if p := list[i].Place; p.Personal() {
					s.tell(Link{Platform: p.Platform, Workspace: p.Workspace, Person: p.Person})
				}
				if _, err := tx.exec(`DELETE FROM notices WHERE id = $1`, list[i].ID); err != nil {
					return err
				}
				done.Notices++
			}
			n, err := tx.exec(`DELETE FROM members WHERE `+by.column+` = $1`, value)
			if err != nil {
				return err
			}
			done.Notices += n
		}
	}
	return tx.purgeCampaigns(s, done)
}

// tell adds a person on a platform who is the user.
func (s *subject) tell(l Link) {
	for _, p := range s.people {
		if p.Platform == l.Platform && p.Workspace == l.Workspace && p.Person == l.Person {
			return
		}
	}
	s.people = append(s.people, l)
}

// purgeCampaigns takes the user out of the lists that campaigns were made of.
func (tx *Tx) purgeCampaigns(s *subject, done *Purged) error {
	all, err := tx.Campaigns(0)
	if err != nil {
		return err
	}
	for i := range all {
		c := &all[i]
		body := c.Body
		for _, word := range s.words {
			body = regexp.MustCompile(`(?i)`+regexp.QuoteMeta(word)).ReplaceAllLiteralString(body, purged)
		}
		if body == c.Body {
			continue
		}
		n, err := tx.exec(`UPDATE campaigns SET body = $1 WHERE id = $2`, body, c.ID)
		if err != nil {
			return err
		}
		done.Mentions += n
	}
	return nil
}

// purgePeople removes the links of the user, and the places and subscriptions
// that are theirs alone.
func (tx *Tx) purgePeople(s *subject, done *Purged) error {
	for _, p := range s.people {
		linked, err := tx.Unlink(p.Platform, p.Workspace, p.Person)
		if err != nil {
			return err
		}
		if linked {
			done.Links++
		}
		for _, table := range []string{"consents", "codes"} {
			if _, err := tx.exec(`DELETE FROM `+table+` WHERE platform = $1 AND workspace = $2 AND person = $3`, p.Platform, p.Workspace, p.Person); err != nil {
				return err
			}
		}
		places, err := tx.placesOf(p)
		if err != nil {
			return err
		}
		for _, id := range places {
			messages, err := tx.exec(`DELETE FROM messages WHERE place = $1`, id)
			if err != nil {
				return err
			}
			done.Messages += messages
			if _, err := tx.exec(`DELETE FROM subscriptions WHERE place = $1`, id); err != nil {
				return err
			}
			if _, err := tx.exec(`DELETE FROM leases WHERE name = $1`, fmt.Sprintf("place:%d", id)); err != nil {
				return err
			}
			if _, err := tx.exec(`DELETE FROM places WHERE id = $1`, id); err != nil {
				return err
			}
			done.Places++
		}
	}
	return nil
}

func (tx *Tx) placesOf(p Link) ([]int64, error) {
	var ids []int64
	err := tx.each(`SELECT id FROM places WHERE platform = $1 AND workspace = $2 AND person = $3`, []any{p.Platform, p.Workspace, p.Person},
		func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		})
	return ids, err
}

// purgeDetails empties the audit entries about the user or by them, and gives
// their numbers, for the chain to be verified without them.
func (tx *Tx) purgeDetails(s *subject, done *Purged) (string, error) {
	var seqs []int64
	err := tx.each(`SELECT seq, by_whom, subject, why, detail FROM audit_details ORDER BY seq`, nil, func(rows *sql.Rows) error {
		var seq int64
		var by, about, why, detail string
		err := rows.Scan(&seq, &by, &about, &why, &detail)
		if s.words.in(by, about, why, detail) {
			seqs = append(seqs, seq)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	var numbers strings.Builder
	for _, seq := range seqs {
		if _, err := tx.exec(`DELETE FROM audit_details WHERE seq = $1`, seq); err != nil {
			return "", err
		}
		fmt.Fprintf(&numbers, "%d ", seq)
	}
	done.AuditDetails += int64(len(seqs))
	return strings.TrimSpace(numbers.String()), nil
}
