package settings

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
)

var update = flag.Bool("update", false, "write the golden files anew")

// answers is a tenant's Graph as a map from a path to the JSON it answers. A
// path that is not there is refused.
type answers map[string]string

func (a answers) JSON(_ context.Context, path string, into any) error {
	body, ok := a[path]
	if !ok {
		return errors.New("Authorization_RequestDenied: insufficient privileges to complete the operation")
	}
	return json.Unmarshal([]byte(body), into)
}

// tenant reads the answers of a folder below testdata/tenants: each file begins
// with the path it answers.
func tenant(t *testing.T, name string) answers {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata/tenants", name, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no answers of tenant %s: %v", name, err)
	}
	a := answers{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		path, body, _ := strings.Cut(string(data), "\n")
		a[path] = body
	}
	return a
}

// selfID is the program's own application id in the tenants of testdata.
const selfID = "00001111-aaaa-2222-bbbb-3333cccc4444"

func contosoFacts(t *testing.T) Facts {
	t.Helper()
	f, err := Read(t.Context(), tenant(t, "contoso"), selfID)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// find gives the one item with an id and, where it is not empty, a subject.
func find(t *testing.T, items []Item, id, subject string) Item {
	t.Helper()
	var found []Item
	for _, i := range items {
		if i.ID == id && (subject == "" || i.Subject == subject) {
			found = append(found, i)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d items %s %s, want 1", len(found), id, subject)
	}
	return found[0]
}

// says fails unless some evidence of the item holds each part.
func (i Item) says(t *testing.T, parts ...string) {
	t.Helper()
	text := strings.Join(i.Evidence, "\n")
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s %s: the evidence lacks %q:\n%s", i.ID, i.Subject, part, text)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got\n%s", name, diff)
	}
}

// using makes n clients in use over a protocol, each stopped by the policies in
// report-only mode. Their sign-ins carry the results of policies.
func using(n int, p detect.Protocol, policies ...string) []detect.Client {
	clients := make([]detect.Client, n)
	for i := range clients {
		clients[i] = detect.Client{
			Protocol: p, Verdict: detect.InUse, ReportOnly: policies, PoliciesTold: 1,
			User: detect.User{Name: string(rune('a'+i)) + "@contoso.com"},
			Last: time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC),
		}
	}
	return clients
}

func verdict(clients []detect.Client, v detect.Verdict) []detect.Client {
	for i := range clients {
		clients[i].Verdict = v
	}
	return clients
}
