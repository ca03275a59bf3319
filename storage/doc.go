// Package storage keeps what the program remembers from pass to pass, in one
// SQLite file or in a PostgreSQL database, with one set of SQL for both.
//
// What is kept are bundles (the sign-ins of a day that differ in nothing but
// their time), clients and what became of them, an audit trail chained by hash,
// and the messages that follow. Rows of the log themselves are not kept.
//
// All work happens in DB.Write and DB.Read. On both engines there is one writer
// at a time, so what holds on a SQLite file holds on PostgreSQL with several
// replicas. Times are kept as microseconds since 1970 in UTC; 0 is no time.
package storage
