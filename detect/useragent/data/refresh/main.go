// Command refresh brings the tables beside it up to date from files that were
// downloaded before. It uses no network.
//
//	go run ./detect/useragent/data/refresh -date 2026-11-23 builds apple-builds.csv FILE...
//	go run ./detect/useragent/data/refresh -date 2026-11-23 models apple-models.csv FILE...
//
// README.md in the folder above names the files it reads. Rows of the table
// that no file gives stay. A build that a file gives another version is
// replaced, a model that a file gives another name is not, and either is told
// on standard error. Nothing is written when any file cannot be read.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "refresh:", err)
		os.Exit(1)
	}
}

func run(args []string, notes io.Writer) error {
	flags := flag.NewFlagSet("refresh", flag.ContinueOnError)
	flags.SetOutput(notes)
	date := flags.String("date", "", "the day the files were downloaded, 2006-01-02")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *date == "" || flags.NArg() < 3 {
		return fmt.Errorf("usage: refresh -date 2006-01-02 builds|models TABLE FILE [FILE]")
	}
	kind, table, files := flags.Arg(0), flags.Arg(1), flags.Args()[2:]
	refresh, ok := map[string]func(name, old, date string, files []string, notes io.Writer) ([]byte, error){
		"builds": refreshBuilds,
		"models": refreshModels,
	}[kind]
	if !ok {
		return fmt.Errorf("%q is neither builds nor models", kind)
	}
	old, err := os.ReadFile(table)
	if err != nil {
		return err
	}
	text, err := refresh(filepath.Base(table), string(old), *date, files, notes)
	if err != nil {
		return err
	}
	if bytes.Equal(text, old) {
		return nil
	}
	return os.WriteFile(table, text, 0o600) // the table exists and keeps its mode
}
