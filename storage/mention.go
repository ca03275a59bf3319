package storage

import (
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
)

// words are what a user may be mentioned by in texts.
type words []string

// add takes in a word, as it stands in plain text and in JSON. Shorter ones than
// three letters would be found everywhere.
func (w *words) add(word string) {
	word = folded(strings.TrimSpace(word))
	if len(word) < 3 {
		return
	}
	encoded, _ := json.Marshal(word) // text always encodes
	for _, form := range []string{word, strings.Trim(string(encoded), `"`)} {
		if !slices.Contains(*w, form) {
			*w = append(*w, form)
		}
	}
}

// in says whether one of the texts holds one of the words.
func (w words) in(texts ...string) bool {
	for _, text := range texts {
		text = strings.ToLower(text)
		if slices.ContainsFunc(w, func(word string) bool { return strings.Contains(text, word) }) {
			return true
		}
	}
	return false
}

// purgeMessages removes messages that are about the user or mention them, sent
// or not.
func (tx *Tx) purgeMessages(s *subject, done *Purged) error {
	var ids []int64
	err := tx.each(`SELECT id, key, subject, card, replaces, under, error FROM messages`, nil, func(rows *sql.Rows) error {
		var id int64
		var texts [6]string
		err := rows.Scan(&id, &texts[0], &texts[1], &texts[2], &texts[3], &texts[4], &texts[5])
		if s.words.in(texts[:]...) {
			ids = append(ids, id)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		n, err := tx.exec(`DELETE FROM messages WHERE id = $1`, id)
		if err != nil {
			return err
		}
		done.Messages += n
	}
	return nil
}

// mentions are the columns of other rows in which a user can be named: as who
// did something, who answers for something, or in a reason that somebody typed.
var mentions = []struct {
	table, key string
	columns    []string
}{
	{"clients", "id", []string{"owner"}},
	{"changes", "id", []string{"by_whom", "why"}},
	{"exceptions", "id", []string{"reason", "owner", "by_whom"}},
	{"subscriptions", "id", []string{"by_whom"}},
	{"links", "person", []string{"how", "by_whom"}},
	{"passes", "id", []string{"error"}},
	{"places", "id", []string{"why"}},
	{"files", "path", []string{"error"}},
	{"campaigns", "id", []string{"by_whom"}},
}

// purged stands where a user was named.
const purged = "purged"

// purgeMentions takes the user out of the words of rows that stay.
func (tx *Tx) purgeMentions(s *subject, done *Purged) error {
	for _, m := range mentions {
		for _, column := range m.columns {
			if err := tx.purgeColumn(s, m.table, m.key, column, done); err != nil {
				return err
			}
		}
	}
	return nil
}

func (tx *Tx) purgeColumn(s *subject, table, key, column string, done *Purged) error {
	var hits []any
	err := tx.each(`SELECT `+key+`, `+column+` FROM `+table+` WHERE `+column+` <> ''`, nil, func(rows *sql.Rows) error {
		var at any
		var text string
		err := rows.Scan(&at, &text)
		if s.words.in(text) {
			hits = append(hits, at)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, at := range hits {
		n, err := tx.exec(`UPDATE `+table+` SET `+column+` = '`+purged+`' WHERE `+key+` = $1`, at)
		if err != nil {
			return err
		}
		done.Mentions += n
	}
	return nil
}
