package signins

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"legacyauth/detect"
)

// ids are those of the rows between two marks.
func ids(t *testing.T, f *rowFile, from, to mark) []string {
	t.Helper()
	if err := f.flush(); err != nil {
		t.Fatal(err)
	}
	var found []string
	err := f.replay(from, to, func(*detect.SignIn) bool { return true }, func(batch []detect.SignIn) error {
		for i := range batch {
			found = append(found, batch[i].ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func addRows(t *testing.T, f *rowFile, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		if err := f.add(&detect.SignIn{ID: fmt.Sprintf("%04d", i), ClientApp: "IMAP4"}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRowFileRewindsToAnyMark(t *testing.T) {
	t.Parallel()
	f, err := openRows(filepath.Join(t.TempDir(), "rows"), mark{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.close() }()
	// More rows than a batch and than the buffer hold, so that a mark stands in
	// what is still on its way to the file and in what is there.
	for _, n := range []int{1, 700, 5000} {
		start := f.end
		addRows(t, f, 0, n)
		middle := f.end
		addRows(t, f, n, 2*n)
		if err := f.rewind(middle); err != nil {
			t.Fatal(err)
		}
		addRows(t, f, n, n+3)
		got := ids(t, f, start, f.end)
		if len(got) != n+3 || got[n-1] != fmt.Sprintf("%04d", n-1) || got[n+2] != fmt.Sprintf("%04d", n+2) {
			t.Errorf("%d rows after rewinding to %d", len(got), n)
		}
		if got := ids(t, f, middle, f.end); len(got) != 3 {
			t.Errorf("%d rows after the mark, want 3", len(got))
		}
	}
}

func TestRowFileIsOpenedAtItsMark(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "rows")
	f, err := openRows(path, mark{})
	if err != nil {
		t.Fatal(err)
	}
	addRows(t, f, 0, 100)
	at := f.end
	addRows(t, f, 100, 150)
	if err := errors.Join(f.flush(), f.close()); err != nil {
		t.Fatal(err)
	}
	if f, err = openRows(path, at); err != nil {
		t.Fatal(err)
	}
	if got := ids(t, f, mark{}, f.end); len(got) != 100 {
		t.Errorf("%d rows, want 100", len(got))
	}
	if err := f.close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 1
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openRows(path, at); !errors.Is(err, errRowsBroken) {
		t.Errorf("one changed bit: error %v", err)
	}
	if err := os.Truncate(path, at.Bytes-1); err != nil {
		t.Fatal(err)
	}
	if _, err := openRows(path, at); !errors.Is(err, errRowsBroken) {
		t.Errorf("one byte less: error %v", err)
	}
}

func TestSinkErrorEndsTheReplay(t *testing.T) {
	t.Parallel()
	f, err := openRows(filepath.Join(t.TempDir(), "rows"), mark{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.close() }()
	addRows(t, f, 0, 2000)
	if err := f.flush(); err != nil {
		t.Fatal(err)
	}
	enough := errors.New("enough")
	calls := 0
	err = f.replay(mark{}, f.end, func(*detect.SignIn) bool { return true }, func([]detect.SignIn) error { calls++; return enough })
	if err != enough || calls != 1 { //nolint:errorlint // the sink's error comes back as it is
		t.Errorf("error %v after %d calls", err, calls)
	}
}
