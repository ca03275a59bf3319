package demo

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"

	"legacyauth/bot/demo/graphlog"
)

//go:generate go run legacyauth/bot/cmd/gensignins --demo data

// The embedded log, one file per kind of sign-in as an administrator would
// download it.
var (
	//go:embed data/InteractiveSignIns.jsonl.gz
	interactive []byte
	//go:embed data/NonInteractiveSignIns.jsonl.gz
	nonInteractive []byte
	//go:embed data/ApplicationSignIns.jsonl.gz
	application []byte
)

// File is one file of a log: JSON lines compressed with gzip.
type File struct {
	Name string
	Data []byte
}

// Files gives the embedded log: what Split makes of Contoso. The data must not
// be changed.
func Files() []File {
	return []File{
		{"InteractiveSignIns.jsonl.gz", interactive},
		{"NonInteractiveSignIns.jsonl.gz", nonInteractive},
		{"ApplicationSignIns.jsonl.gz", application},
	}
}

// Split generates a log as one compressed file per kind of sign-in, in the
// order of Files. The files carry no time, so that equal logs give equal files.
func Split(c Config) ([]File, Truth, error) {
	rows, truth, err := generate(c)
	if err != nil {
		return nil, Truth{}, err
	}
	files := Files()
	for i := range files {
		files[i].Data, err = pack(rows, i)
		if err != nil {
			return nil, Truth{}, fmt.Errorf("compress %s: %w", files[i].Name, err)
		}
	}
	return files, truth, nil
}

// fileOf gives the place in Files of the file that a kind of sign-in goes to.
func fileOf(e graphlog.Event) int {
	switch e {
	case graphlog.Interactive:
		return 0
	case graphlog.NonInteractive:
		return 1
	}
	return 2
}

func pack(rows []delivery, file int) ([]byte, error) {
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	var line []byte
	for i := range rows {
		if fileOf(rows[i].signIn.Event) != file {
			continue
		}
		line = append(graphlog.AppendGraph(line[:0], &rows[i].signIn), '\n')
		if _, err := z.Write(line); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
