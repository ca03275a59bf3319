package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"legacyauth/adapters/chat"
)

// writeFiles writes the files of an answer into a folder, for their owner alone:
// they name people. Without a folder nothing is written: they are listed, with the
// command that writes them. What a picture shows stands in the answer.
func writeFiles(w io.Writer, dir string, files []chat.File, command string) error {
	if len(files) == 0 {
		return nil
	}
	_, err := fmt.Fprintln(w)
	for _, f := range files {
		words := fmt.Sprintf("File %s, %d bytes, not written", f.Name, len(f.Data))
		if dir != "" {
			path := filepath.Join(dir, filepath.Base(f.Name))
			if err := os.WriteFile(path, f.Data, 0o600); err != nil {
				return fmt.Errorf("write a file of the answer: %w", err)
			}
			words = "wrote " + path
		}
		if err == nil {
			_, err = fmt.Fprintln(w, words)
		}
	}
	if dir == "" && err == nil {
		it := "it"
		if len(files) > 1 {
			it = "them"
		}
		_, err = fmt.Fprintf(w, "To have %s written into a folder: %s\n", it, command)
	}
	return err
}
