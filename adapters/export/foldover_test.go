package export

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
)

// TestFoldOver reads every shape into a Fold, its rows several times over, whole and
// without what that Fold learns nothing from: coverage and clients are the same.
func TestFoldOver(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "read", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	left := int64(0)
	for _, path := range files {
		if filepath.Ext(path) == ".golden" {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		in := memory(filepath.Base(path), thrice(path, data))
		for _, w := range []detect.Window{{}, {From: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)}} {
			take := func(over *detect.Window) (detect.Coverage, []detect.Client, Report, error) {
				fold := detect.NewFold(w)
				r, err := Read(context.Background(), in, Options{FoldOver: over}, fold.AddAll)
				return detect.Cover(fold.Counts(), w, Parts([]Report{r})), fold.Clients(), r, err
			}
			wantCover, wantClients, want, wantErr := take(nil)
			cover, clients, got, err := take(&w)
			left += got.Echoes.Read
			got.Echoes = detect.Counts{}
			if diff := cmp.Diff(wantCover, cover) + cmp.Diff(wantClients, clients) + cmp.Diff(want, got); diff != "" || (err == nil) != (wantErr == nil) {
				t.Errorf("%s: %v and %v (-whole +without echoes):\n%s", path, wantErr, err, diff)
			}
		}
	}
	if left == 0 {
		t.Error("nothing was left out")
	}
}

// thrice gives a log with each row three times.
func thrice(path string, data []byte) []byte {
	if filepath.Ext(path) != ".csv" {
		return bytes.Join([][]byte{data, data, data}, []byte{'\n'})
	}
	head := bytes.IndexByte(data, '\n') + 1
	return append(bytes.Clone(data), append(bytes.Clone(data[head:]), data[head:]...)...)
}
