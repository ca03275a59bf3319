package storage

import "strings"

// Engine is the database behind a DB.
type Engine string

// The engines.
const (
	SQLite     Engine = "SQLite"
	PostgreSQL Engine = "PostgreSQL"
)

// EngineOf tells from a data source which engine serves it: PostgreSQL for a
// postgres:// or postgresql:// URL, SQLite for anything else, which is a path.
func EngineOf(dsn string) Engine {
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		return PostgreSQL
	}
	return SQLite
}
