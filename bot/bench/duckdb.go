package bench

import (
	"fmt"
	"strings"
)

// declared asks as somebody does who knows the log: only the columns that are
// needed are named.
func declared(f File) ([]string, string) {
	const columns = `userPrincipalName: 'VARCHAR', clientAppUsed: 'VARCHAR', userAgent: 'VARCHAR', status: 'STRUCT(errorCode BIGINT)'`
	const within = `userPrincipalName VARCHAR, clientAppUsed VARCHAR, userAgent VARCHAR, status STRUCT(errorCode BIGINT)`
	switch f.Shape {
	case lines:
		return sql(json4, "read_json(%s, format = 'newline_delimited', columns = {"+columns+"})", f)
	case array:
		return sql(json4, "read_json(%s, format = 'array', columns = {"+columns+"})", f)
	case page:
		return sql(json4, "(SELECT unnest(value, max_depth := 2) FROM read_json(%s, maximum_object_size = "+largest(f)+", columns = {value: 'STRUCT("+within+")[]'}))", f)
	case portal:
		return sql(portal4, "read_csv(%s, header = true, all_varchar = true)", f)
	}
	return nil, unwritten(f)
}

// automatic asks as somebody does who only knows the names of the columns.
func automatic(f File) ([]string, string) {
	switch f.Shape {
	case lines, array:
		return sql(json4, "read_json_auto(%s)", f)
	case page:
		return sql(json4, "(SELECT unnest(value, max_depth := 2) FROM read_json_auto(%s, maximum_object_size = "+largest(f)+"))", f)
	case portal:
		return sql(portal4, "read_csv_auto(%s)", f)
	}
	return nil, unwritten(f)
}

// The four columns, by the names that the shapes give them.
var (
	json4   = [4]string{"userPrincipalName", "clientAppUsed", "userAgent", "status.errorCode"}
	portal4 = [4]string{`"Username"`, `"Client app"`, `"User agent"`, `"Sign-in error code"`}
)

func sql(columns [4]string, from string, f File) ([]string, string) {
	if strings.ContainsAny(f.Path, "*?[{") {
		return nil, "it would take the file's name for a pattern"
	}
	source := fmt.Sprintf(from, "'"+strings.ReplaceAll(f.Path, "'", "''")+"'")
	return []string{"-json", "-c", fmt.Sprintf(
		`SELECT coalesce(%s, '') AS "user", coalesce(%s, '') AS protocol, coalesce(%s, '') AS agent, coalesce(CAST(%s AS VARCHAR), '') AS code, count(*) AS n
FROM %s
WHERE lower(coalesce(%s, '')) NOT IN ('%s') GROUP BY ALL`,
		columns[0], columns[1], columns[2], columns[3], source, columns[1], strings.Join(modern[:], "', '"))}, ""
}

// largest is a size that the whole file fits in, once unpacked.
func largest(f File) string {
	size := f.Bytes
	if f.Gzip {
		size *= 20
	}
	return fmt.Sprint(min(size+1, 1<<32-1))
}
