package storage

import (
	"database/sql"
	"unicode/utf8"
)

// ClientsBeginning gives clients of some tenants whose key or user name begins
// with a word, by user name, for completing it; an empty word begins all.
func (tx *Tx) ClientsBeginning(tenants []int64, word string, limit int) ([]Client, error) {
	word = folded(word)
	var list []Client
	for _, tenant := range tenants {
		err := tx.each(`SELECT `+clientColumns+` FROM clients c JOIN tenants t ON t.id = c.tenant
			WHERE c.tenant = $1 AND (substr(c.name, 1, $2) = $3 OR substr(c.key, 1, $2) = $3) ORDER BY c.name, c.key LIMIT $4`,
			[]any{tenant, utf8.RuneCountInString(word), word, limit - len(list)}, func(rows *sql.Rows) error {
				c, err := scanClient(rows)
				list = append(list, c)
				return err
			})
		if err != nil {
			return nil, doing("look for clients", err)
		}
	}
	return list, nil
}
