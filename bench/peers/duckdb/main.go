// Command duckdb answers one query as DuckDB's own shell does when it is started
// as `duckdb -json -c SQL`. It is for machines on which that shell cannot be had:
// the library inside is DuckDB's own, of the version in go.mod, with its JSON and
// CSV readers. It is no part of the product, and a module of its own.
package main

import (
	"bufio"
	"database/sql"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	_ "github.com/duckdb/duckdb-go/v2" // the driver, with the library
)

func main() {
	asJSON := flag.Bool("json", false, "print rows as JSON, the only form there is")
	query := flag.String("c", "", "the `SQL` to run")
	version := flag.Bool("version", false, "print DuckDB's version")
	flag.Parse()
	var err error
	switch {
	case *version:
		err = run(os.Stdout, "SELECT version() AS version")
	case !*asJSON || *query == "" || flag.NArg() > 0:
		err = errors.New("use: duckdb -json -c SQL")
	default:
		err = run(os.Stdout, *query)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run prints the rows of a query, one object a line.
func run(w io.Writer, query string) error {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return fmt.Errorf("open DuckDB: %w", err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.Query(query)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	values, into := make([]any, len(names)), make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		row := make(map[string]any, len(names))
		for i, name := range names {
			row[name] = values[i]
		}
		if err := enc.Encode(row); err != nil {
			return err
		}
	}
	return errors.Join(rows.Err(), out.Flush())
}
