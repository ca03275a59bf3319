package export

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
)

// TestSkim hands over what is not modern of every shape, exactly as a whole
// reading does, and counts the rest.
func TestSkim(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "read", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	read := 0
	for _, path := range files {
		if filepath.Ext(path) == ".golden" {
			continue
		}
		inputs, err := Inputs([]string{path}, nil)
		if err != nil {
			t.Fatal(err)
		}
		take := func(skim bool) (rows []detect.SignIn, r Report, err error) {
			r, err = Read(context.Background(), inputs[0], Options{Skim: skim}, func(batch []detect.SignIn) error {
				for _, s := range batch {
					if detect.ParseClientApp(s.ClientApp) != detect.Modern {
						rows = append(rows, s)
					} else if skim {
						t.Errorf("%s: a modern sign-in was handed over", path)
					}
				}
				return nil
			})
			return rows, r, err
		}
		want, whole, err := take(false)
		got, skimmed, errSkim := take(true)
		if diff := cmp.Diff(want, got); diff != "" || (err == nil) != (errSkim == nil) || whole.Rows != skimmed.Rows || whole.Shape != skimmed.Shape {
			t.Errorf("%s: %v and %v, %d and %d rows (-whole +skimmed):\n%s", path, err, errSkim, whole.Rows, skimmed.Rows, diff)
		}
		read += len(got)
	}
	if read == 0 {
		t.Error("nothing was read")
	}
}
