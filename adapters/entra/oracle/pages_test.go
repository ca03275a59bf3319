//go:build graphmodels

package oracle

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	kjson "github.com/microsoft/kiota-serialization-json-go"
	"github.com/microsoftgraph/msgraph-sdk-go/models"

	"legacyauth/detect"
	"legacyauth/detect/logrow"
)

// TestEdges reads a page made of rare values with both decoders.
func TestEdges(t *testing.T) {
	t.Parallel()
	agreeOnFile(t, filepath.Join("testdata", "edges.json"), 5)
}

// TestMadeUpLog reads all kinds of sign-ins of the fake tenant, as beta has them.
func TestMadeUpLog(t *testing.T) {
	t.Parallel()
	var rows []json.RawMessage
	for r := range sample().All() {
		rows = append(rows, r.Append(nil, &r))
	}
	agreeOnRows(t, rows)
}

// TestSamplePages reads Microsoft's documented examples and logs in Graph's
// shape that others made. They are not part of the repository.
func TestSamplePages(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("LEGACYAUTH_SAMPLES")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "samples")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("NOT CHECKED: the samples are not here: %v", err)
	}
	for _, c := range []struct {
		name string
		rows int
	}{
		{"graph-docs-beta-signin-get-1.json", 1},
		{"graph-docs-beta-signin-list-1.json", 1},
		{"graph-docs-beta-signin-list-2.json", 1},
		{"graph-docs-beta-signin-list-3.json", 1},
		{"cribl-signins.graph.json", 2},
		{"pnp-user-signin-list.json", 1},
		{"legacy-imap4.json", 3},
		{"legacy-signins.jsonl", 4}, // the fifth is flattened, which Graph never does
		{"zerotrust-SignIn-model-all-null.json", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			agreeOnFile(t, filepath.Join(dir, "signins", c.name), c.rows)
		})
	}
}

// agreeOnFile compares the first rows of a file.
func agreeOnFile(t *testing.T, path string, count int) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows := rowsOf(t, content)
	if len(rows) < count {
		t.Fatalf("%d rows, want %d", len(rows), count)
	}
	agreeOnRows(t, rows[:count])
}

func agreeOnRows(t *testing.T, rows []json.RawMessage) {
	t.Helper()
	page, err := json.Marshal(map[string]any{"value": rows})
	if err != nil {
		t.Fatal(err)
	}
	agreeOnPage(t, page, len(rows))
	// Of a modern sign-in logrow keeps little, so the same rows once more as
	// legacy ones.
	agreeOnPage(t, clientApp.ReplaceAll(page, []byte(`"clientAppUsed":"Other clients"`)), len(rows))
}

var clientApp = regexp.MustCompile(`"clientAppUsed":\s*(null|"[^"]*")`)

// rowsOf gives the sign-ins of a page, a list, an object or lines of objects.
func rowsOf(t *testing.T, content []byte) []json.RawMessage {
	t.Helper()
	var rows []json.RawMessage
	for from := json.NewDecoder(bytes.NewReader(content)); ; {
		var value json.RawMessage
		if err := from.Decode(&value); errors.Is(err, io.EOF) {
			return rows
		} else if err != nil {
			t.Fatal(err)
		}
		var list []json.RawMessage
		var page struct {
			Value []json.RawMessage `json:"value"`
		}
		switch {
		case json.Unmarshal(value, &list) == nil:
			rows = append(rows, list...)
		case json.Unmarshal(value, &page) == nil && page.Value != nil:
			rows = append(rows, page.Value...)
		default:
			rows = append(rows, value)
		}
	}
}

// agreeOnPage decodes a page both ways.
func agreeOnPage(t *testing.T, page []byte, rows int) {
	t.Helper()
	node, err := kjson.NewJsonParseNode(page)
	if err != nil {
		t.Fatal(err)
	}
	value, err := node.GetObjectValue(models.CreateSignInCollectionResponseFromDiscriminatorValue)
	if err != nil {
		t.Fatalf("the SDK's models do not read it: %v", err)
	}
	theirs := value.(models.SignInCollectionResponseable).GetValue()
	ours := rowsOf(t, page)
	if len(theirs) != rows || len(ours) != rows {
		t.Fatalf("%d rows, of which the models read %d and we read %d", rows, len(theirs), len(ours))
	}
	agree(t, theirs, ours)
}

// agree compares every field that both decoders know.
func agree(t *testing.T, theirs []models.SignInable, ours []json.RawMessage) {
	t.Helper()
	d := logrow.NewDecoder()
	for i, row := range ours {
		var got detect.SignIn
		if err := d.Decode(row, &got); err != nil {
			t.Errorf("row %d: %v", i, err)
			continue
		}
		want := said(theirs[i])
		if detect.ParseClientApp(want.ClientApp) == detect.Modern {
			want = decisive(want)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("row %d: -models +logrow\n%s", i, diff)
		}
	}
}
