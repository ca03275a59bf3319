package storage

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// auditLink is what the chain holds of an entry: nothing personal.
type auditLink struct {
	seq, at, tenant int64
	what            string
	digest          []byte
}

// auditDetail is what stands beside the chain and may be purged.
type auditDetail struct {
	salt                     []byte
	by, subject, why, detail string
}

// hash chains a link to the hash of the one before it.
func (l auditLink) hash(before []byte) []byte {
	h := sha256.New()
	h.Write(before)
	var numbers [24]byte
	for i, n := range [...]int64{l.seq, l.at, l.tenant} {
		binary.BigEndian.PutUint64(numbers[8*i:], uint64(n)) //nolint:gosec // its bits
	}
	h.Write(numbers[:])
	h.Write(lengthened([]byte(l.what), l.digest))
	return h.Sum(nil)
}

// digest hides the details: without the salt nobody can guess them from it.
func (d auditDetail) digest() []byte {
	sum := sha256.Sum256(lengthened(d.salt, []byte(d.by), []byte(d.subject), []byte(d.why), []byte(d.detail)))
	return sum[:]
}

// lengthened joins values with their lengths, so that no two lists join alike.
func lengthened(values ...[]byte) []byte {
	var all []byte
	for _, v := range values {
		all = binary.BigEndian.AppendUint64(all, uint64(len(v)))
		all = append(all, v...)
	}
	return all
}

// BrokenChainError says where the audit trail was tampered with.
type BrokenChainError struct {
	Seq int64 // the first entry that is wrong
	Why string
}

// Error says it in one sentence.
func (e *BrokenChainError) Error() string {
	return fmt.Sprintf("the audit trail is broken at entry %d: %s; compare it with a backup", e.Seq, e.Why)
}

// purgeWhat is the entry that names, under purgedDetail, the entries whose
// details were purged.
const (
	purgeWhat    = "purge"
	purgedDetail = "entries"
)

// AuditVerify reads the whole audit trail and gives how many entries it has. A
// *BrokenChainError says that an entry was changed, removed or added by hand.
// Details may be missing only where a later entry says that they were purged.
func (db *DB) AuditVerify(ctx context.Context) (n int, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		n, err = tx.verifyAudit()
		return err
	})
	return n, err
}

func (tx *Tx) verifyAudit() (int, error) {
	var last end
	gone, excused := map[int64]bool{}, map[int64]bool{}
	err := tx.each(`SELECT a.seq, a.at, a.tenant, a.what, a.digest, a.hash, d.salt, d.by_whom, d.subject, d.why, d.detail
		FROM audit a LEFT JOIN audit_details d ON d.seq = a.seq ORDER BY a.seq`, nil, func(rows *sql.Rows) error {
		var l auditLink
		var hash, salt []byte
		var by, subject, why, detail sql.NullString
		if err := rows.Scan(&l.seq, &l.at, &l.tenant, &l.what, &l.digest, &hash, &salt, &by, &subject, &why, &detail); err != nil {
			return err
		}
		d := auditDetail{salt, by.String, subject.String, why.String, detail.String}
		switch {
		case l.seq != last.seq+1:
			return &BrokenChainError{last.seq + 1, "it is missing"}
		case subtle.ConstantTimeCompare(l.hash(last.hash), hash) != 1:
			return &BrokenChainError{l.seq, "it was changed, or another was put in its place"}
		case detail.Valid && subtle.ConstantTimeCompare(d.digest(), l.digest) != 1:
			return &BrokenChainError{l.seq, "its details were changed"}
		case !detail.Valid:
			gone[l.seq] = true
		case l.what == purgeWhat:
			if err := excuse(detail.String, l.seq, excused); err != nil {
				return &BrokenChainError{l.seq, "it does not say what was purged"}
			}
		}
		last = end{l.seq, hash}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return int(last.seq), tx.verifyEnds(last, gone, excused)
}

// verifyEnds looks for what was cut off the end, and for details that nobody
// purged.
func (tx *Tx) verifyEnds(last end, gone, excused map[int64]bool) error {
	for seq := int64(1); seq <= last.seq; seq++ {
		if gone[seq] && !excused[seq] {
			return &BrokenChainError{seq, "its details were removed, and no purge says so"}
		}
	}
	head, err := tx.auditHead()
	if err != nil {
		return err
	}
	if head.seq != last.seq || subtle.ConstantTimeCompare(head.hash, last.hash) != 1 {
		return &BrokenChainError{last.seq + 1, "the trail does not end where the last entry was recorded"}
	}
	var orphan int64
	if err := tx.one(`SELECT coalesce(min(seq), 0) FROM audit_details WHERE seq < 1 OR seq > $1`, []any{last.seq}, &orphan); err != nil {
		return err
	}
	if orphan != 0 {
		return &BrokenChainError{orphan, "there are details without an entry"}
	}
	return nil
}

// excuse reads from the detail of a purge, which is entry own, which entries
// before it were emptied: "3 7" or "1-9".
func excuse(detail string, own int64, into map[int64]bool) error {
	var values map[string]string
	if err := json.Unmarshal([]byte(detail), &values); err != nil {
		return err
	}
	for text := range strings.FieldsSeq(values[purgedDetail]) {
		from, to, ranges := strings.Cut(text, "-")
		if !ranges {
			to = from
		}
		first, err := strconv.ParseInt(from, 10, 64)
		if err != nil {
			return err
		}
		last, err := strconv.ParseInt(to, 10, 64)
		if err != nil {
			return err
		}
		for seq := max(first, 1); seq <= min(last, own); seq++ {
			into[seq] = true
		}
	}
	return nil
}
