package storage

import (
	"cmp"
	"database/sql"
	"slices"
	"time"

	"legacyauth/detect"
)

// Kin is what is stored of some accounts, of all that share a name or a
// directory id with one of them, and so on.
type Kin struct {
	// Clients are theirs, in the order of Tx.Clients.
	Clients []Client

	words    map[string]bool
	nameless bool
	accounts map[int64]bool
}

// NewKin returns a Kin of nobody.
func NewKin() *Kin { return &Kin{words: map[string]bool{}, accounts: map[int64]bool{}} }

// Name adds the account of a user name and a directory id, of which either may
// be empty. Sign-ins that name neither count as one account.
func (k *Kin) Name(user, id string) {
	if id == detect.Nobody {
		id = ""
	}
	k.nameless = k.nameless || user == "" && id == ""
	for _, word := range []string{user, id} {
		if word != "" {
			k.words[folded(word)] = true
		}
	}
}

// Accounts counts the stored accounts found.
func (k *Kin) Accounts() int { return len(k.accounts) }

// Complete looks for everybody who belongs to k, and for their clients. It gives
// up, and gives false, when there are more than most names.
func (tx *Tx) Complete(tenant int64, k *Kin, most int) (bool, error) {
	clients := map[int64]Client{}
	done := map[string]bool{}
	for _, c := range k.Clients {
		clients[c.ID] = c
	}
	if k.nameless {
		if err := tx.namelessKin(tenant, k, clients); err != nil {
			return false, doing("look up accounts", err)
		}
	}
	for {
		var words []string
		for w := range k.words {
			if !done[w] {
				words, done[w] = append(words, w), true
			}
		}
		if len(done) > most {
			return false, nil
		}
		if len(words) == 0 {
			break
		}
		slices.Sort(words)
		for some := range slices.Chunk(words, batch) {
			if err := tx.kin(tenant, some, k, clients); err != nil {
				return false, doing("look up accounts", err)
			}
		}
	}
	k.Clients = k.Clients[:0]
	for _, c := range clients {
		k.Clients = append(k.Clients, c)
	}
	slices.SortFunc(k.Clients, func(a, b Client) int { return cmp.Or(b.Last.Compare(a.Last), cmp.Compare(a.ID, b.ID)) })
	return true, nil
}

// kin adds what is stored under some names. The sign before tenant has both
// engines go by the name, of which there are few: SQLite would take one tenant
// for less than many names.
func (tx *Tx) kin(tenant int64, words []string, k *Kin, clients map[int64]Client) error {
	args := []any{tenant}
	for _, w := range words {
		args = append(args, w)
	}
	for _, column := range []string{"name", "directory"} {
		within := column + ` IN ` + list(2, len(words))
		if err := tx.each(`SELECT id, name, directory FROM accounts WHERE +tenant = $1 AND `+within, args, k.scanAccount); err != nil {
			return err
		}
		if err := tx.each(`SELECT `+clientColumns+` FROM clients c JOIN tenants t ON t.id = c.tenant WHERE +c.tenant = $1 AND c.`+within, args, k.scanClients(clients)); err != nil {
			return err
		}
	}
	return nil
}

// namelessKin adds what is stored of sign-ins that name no account.
func (tx *Tx) namelessKin(tenant int64, k *Kin, clients map[int64]Client) error {
	err := tx.each(`SELECT id, name, directory FROM accounts WHERE +tenant = $1 AND name = '' AND directory IN ('', $2)`, []any{tenant, detect.Nobody}, k.scanAccount)
	if err != nil {
		return err
	}
	return tx.each(`SELECT `+clientColumns+` FROM clients c JOIN tenants t ON t.id = c.tenant WHERE +c.tenant = $1 AND c.name = '' AND c.directory = ''`, []any{tenant}, k.scanClients(clients))
}

func (k *Kin) scanAccount(rows *sql.Rows) error {
	var id int64
	var name, directory string
	if err := rows.Scan(&id, &name, &directory); err != nil {
		return err
	}
	k.accounts[id] = true
	k.Name(name, directory)
	return nil
}

func (k *Kin) scanClients(into map[int64]Client) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		c, err := scanClient(rows)
		if err != nil {
			return err
		}
		into[c.ID] = c
		k.Name(c.User.Name, c.User.ID)
		return nil
	}
}

// NameFrom adds to k every account with a stored sign-in from one of some
// networks since a day.
func (tx *Tx) NameFrom(tenant int64, k *Kin, networks map[string]bool, since time.Time) error {
	var origins []int64
	all, err := load[origin](tx, `SELECT id, body FROM origins WHERE tenant = $1`, tenant)
	if err != nil {
		return doing("look up networks", err)
	}
	for id, o := range all {
		if networks[o.IP] {
			origins = append(origins, id)
		}
	}
	ids := map[int64]bool{}
	for some := range slices.Chunk(origins, batch) {
		args := []any{tenant, max(1, dayOf(since))}
		for _, id := range some {
			args = append(args, id)
		}
		err := tx.each(`SELECT DISTINCT account FROM bundles WHERE tenant = $1 AND (day = 0 OR day >= $2) AND origin IN `+list(3, len(some)), args, func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			ids[id] = true
			return err
		})
		if err != nil {
			return doing("look up who signs in from networks", err)
		}
	}
	accounts, err := loadSome[account](tx, "accounts", ids)
	for _, a := range accounts {
		k.Name(a.User, a.UserID)
	}
	return doing("look up accounts", err)
}
