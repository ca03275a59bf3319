package storage

import (
	"crypto/sha256"
	"database/sql"
	"errors"
	"time"
)

// Consent stores that a person asked for direct messages; asked once more it
// changes nothing.
func (tx *Tx) Consent(platform, workspace, person string) error {
	_, err := tx.exec(`INSERT INTO consents (platform, workspace, person, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (platform, workspace, person) DO NOTHING`, platform, workspace, person, micros(tx.Now()))
	return doing("store that somebody asked for messages", err)
}

// Withdraw takes a person's consent back; false: there was none.
func (tx *Tx) Withdraw(platform, workspace, person string) (bool, error) {
	n, err := tx.exec(`DELETE FROM consents WHERE platform = $1 AND workspace = $2 AND person = $3`, platform, workspace, person)
	return n > 0, doing("store that somebody wants no messages", err)
}

// Consents says whether a person asked for direct messages.
func (tx *Tx) Consents(platform, workspace, person string) (bool, error) {
	n := 0
	err := tx.one(`SELECT count(*) FROM consents WHERE platform = $1 AND workspace = $2 AND person = $3`, []any{platform, workspace, person}, &n)
	return n > 0, doing("see whether somebody asked for messages", err)
}

// SaveCode stores the code that a person is shown, in the place of an earlier one.
// Only its hash is kept.
func (tx *Tx) SaveCode(platform, workspace, person, code string, expires time.Time) error {
	_, err := tx.exec(`INSERT INTO codes (platform, workspace, person, hash, expires) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (platform, workspace, person) DO UPDATE SET hash = excluded.hash, expires = excluded.expires`,
		platform, workspace, person, codeHash(code), micros(expires))
	return doing("store a code", err)
}

// TakeCode gives whose code it is, once; false: nobody's, or it has expired.
func (tx *Tx) TakeCode(code string) (platform, workspace, person string, ok bool, err error) {
	var expires int64
	err = tx.one(`SELECT platform, workspace, person, expires FROM codes WHERE hash = $1`, []any{codeHash(code)}, &platform, &workspace, &person, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", "", false, nil
	}
	if err != nil {
		return "", "", "", false, doing("look for a code", err)
	}
	if _, err := tx.exec(`DELETE FROM codes WHERE hash = $1`, codeHash(code)); err != nil {
		return "", "", "", false, doing("use a code", err)
	}
	return platform, workspace, person, fromMicros(expires).After(tx.Now()), nil
}

func codeHash(code string) []byte {
	sum := sha256.Sum256([]byte(code))
	return sum[:]
}
