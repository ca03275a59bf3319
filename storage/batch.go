package storage

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// batch is how many rows one statement takes. A PostgreSQL server across a
// network answers a statement in a millisecond, whether it holds one row or two
// hundred.
const batch = 200

// placeholders gives "($1, $2), ($3, $4)" for two rows of two columns, counted
// from first.
func placeholders(first, rows, columns int) string {
	var b strings.Builder
	for r := range rows {
		if r > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for c := range columns {
			if c > 0 {
				b.WriteString(", ")
			}
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(first + r*columns + c))
		}
		b.WriteByte(')')
	}
	return b.String()
}

// list gives "($2, $3, $4)" for three values counted from 2: what follows IN.
func list(first, values int) string { return placeholders(first, 1, values) }

var placeholder = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\$[0-9]+`) })

// placed gives a statement as SQLite takes it best. SQLite searches a list
// for each numbered value that is given to it, which for a batch of a thousand
// takes longer than storing it; where each stands once and in order, values
// without numbers say the same.
func placed(query string) string {
	n, ordered := 0, true
	plain := placeholder().ReplaceAllStringFunc(query, func(p string) string {
		n++
		ordered = ordered && p == "$"+strconv.Itoa(n)
		return "?"
	})
	if !ordered {
		return query
	}
	return plain
}
