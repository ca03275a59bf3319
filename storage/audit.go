package storage

import (
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"time"
)

// Entry is one entry of the audit trail: who did what to whom, when and why.
type Entry struct {
	Seq    int64     // from 1, without gaps; set when it is recorded
	At     time.Time // zero: now
	Tenant int64     // 0: none
	By     string    // see migration.Who
	What   string    // a verb of the program's own, as "client.claimed"; nothing personal
	// Subject is what it was done to, as a client's key; Why a sentence; Detail
	// what else there is to say.
	Subject, Why string
	Detail       map[string]string
	// Purged says that By, Subject, Why and Detail were removed as personal data.
	Purged bool
}

// Record adds an entry at the end of the audit trail.
func (tx *Tx) Record(e Entry) error {
	if e.At.IsZero() {
		e.At = tx.Now()
	}
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return doing("encode an audit entry", err)
	}
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails: the program ends instead
	head, err := tx.auditHead()
	if err != nil {
		return doing("find the end of the audit trail", err)
	}
	d := auditDetail{salt, stored(e.By), stored(e.Subject), stored(e.Why), string(detail)}
	link := auditLink{head.seq + 1, micros(e.At), e.Tenant, stored(e.What), d.digest()}
	hash := link.hash(head.hash)
	_, err = tx.exec(`INSERT INTO audit (seq, at, tenant, what, digest, hash) VALUES ($1, $2, $3, $4, $5, $6)`,
		link.seq, link.at, link.tenant, link.what, link.digest, hash)
	if err == nil {
		_, err = tx.exec(`INSERT INTO audit_details (seq, salt, by_whom, subject, why, detail) VALUES ($1, $2, $3, $4, $5, $6)`,
			link.seq, d.salt, d.by, d.subject, d.why, d.detail)
	}
	if err == nil {
		_, err = tx.exec(`INSERT INTO audit_head (id, seq, hash) VALUES (1, $1, $2) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
			link.seq, hash)
	}
	return doing("store an audit entry", err)
}

// end is the last link of the audit trail.
type end struct {
	seq  int64
	hash []byte
}

func (tx *Tx) auditHead() (end, error) {
	var head end
	err := tx.one(`SELECT seq, hash FROM audit_head WHERE id = 1`, nil, &head.seq, &head.hash)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return head, err
}

// AuditEntries gives at most limit entries from since on, oldest first; limit 0
// is all.
func (tx *Tx) AuditEntries(since time.Time, limit int) ([]Entry, error) {
	if limit <= 0 {
		limit = 1 << 31
	}
	var list []Entry
	err := tx.each(`SELECT a.seq, a.at, a.tenant, a.what, d.by_whom, d.subject, d.why, d.detail
		FROM audit a LEFT JOIN audit_details d ON d.seq = a.seq WHERE a.at >= $1 ORDER BY a.at, a.seq LIMIT $2`, []any{micros(since), limit},
		func(rows *sql.Rows) error {
			var e Entry
			var at int64
			var by, subject, why, detail sql.NullString
			if err := rows.Scan(&e.Seq, &at, &e.Tenant, &e.What, &by, &subject, &why, &detail); err != nil {
				return err
			}
			e.At, e.By, e.Subject, e.Why, e.Purged = fromMicros(at), by.String, subject.String, why.String, !detail.Valid
			list = append(list, e)
			if e.Purged {
				return nil
			}
			return json.Unmarshal([]byte(detail.String), &list[len(list)-1].Detail)
		})
	return list, doing("read the audit trail", err)
}
