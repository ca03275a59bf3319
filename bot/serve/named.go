package serve

import (
	"net/url"

	"legacyauth/storage"
)

// Named gives what people call a database: its file, or its server and name, with
// neither user nor password.
func Named(dsn string) string {
	if storage.EngineOf(dsn) == storage.SQLite {
		return dsn
	}
	u, err := url.Parse(dsn)
	if err != nil {
		return string(storage.PostgreSQL)
	}
	return (&url.URL{Scheme: "postgres", Host: u.Host, Path: u.Path}).String()
}
