package people_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// golden compares text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// TestTheMessage is the message of a person with two devices as she reads it.
func TestTheMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	priya := w.known("priya", "en-US", "Europe/Lisbon")
	w.save(phone("k7", "priya"), reader("k8", "priya"))
	w.notify("priya")
	golden(t, "message.txt", w.inbox(priya)[0].Text+"\n")
}
