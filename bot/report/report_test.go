package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"legacyauth/bot/scan"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
)

func hostile() scan.Result {
	return scan.Result{
		Coverage: detect.Coverage{Notes: []string{"note"}},
		Findings: []scan.Finding{{
			Client: detect.Client{
				Key: "abcdefghijkl", Protocol: detect.IMAP, Verdict: detect.InUse,
				User:   detect.User{Name: "=cmd|'/c calc'!a0@contoso.com", Display: "\x1b[31mred\u202e"},
				Device: detect.Device{Family: useragent.Unknown, Confidence: useragent.NotKnown},
				Auth:   detect.Auth{Kind: detect.Basic},
				Agents: []string{"@SUM(1+1)", "line\nbreak"}, Apps: []string{"+1", "\t=1"},
				Networks: []detect.Network{{Address: "192.0.2.1", Country: "PT", Count: 2, City: "=Lisboa"}, {Address: "192.0.2.2", Country: "PT", Count: 1, City: "=Lisboa"}},
			},
			Playbook: &playbooks.Playbook{ID: "unknown-client"},
		}},
	}
}

func TestJSONFollowsItsSchema(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]scan.Result{"hostile": hostile(), "empty": {}, "listed client apps only": {ListedOnly: true}} {
		var out bytes.Buffer
		if err := JSON(&out, r); err != nil {
			t.Fatal(err)
		}
		if err := Valid(out.Bytes()); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out.String())
		}
	}
	if Valid([]byte(`{"coverage":{},"clients":[]}`)) == nil {
		t.Error("the schema accepts coverage without its fields")
	}
}

// Valid holds a document against the schema.
func Valid(document []byte) error {
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema))
	if err != nil {
		return err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scan.schema.json", schema); err != nil {
		return err
	}
	compiled, err := c.Compile("scan.schema.json")
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		return err
	}
	return compiled.Validate(value)
}

func TestSchemaKnowsEveryName(t *testing.T) {
	t.Parallel()
	var schema struct {
		Properties struct {
			Clients struct {
				Items struct {
					Properties struct {
						Protocol, Verdict struct{ Enum []string }
						Device            struct {
							Properties struct{ Family struct{ Enum []string } }
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal(Schema, &schema); err != nil {
		t.Fatal(err)
	}
	client := schema.Properties.Clients.Items.Properties
	var want []string
	for _, f := range useragent.Families() {
		want = append(want, string(f))
	}
	if got := client.Device.Properties.Family.Enum; strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("families: schema %v, program %v", got, want)
	}
	want = nil
	for _, p := range detect.Protocols() {
		want = append(want, string(p))
	}
	if got := client.Protocol.Enum; strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("protocols: schema %v, program %v", got, want)
	}
	if len(client.Verdict.Enum) != len(detect.Verdicts()) {
		t.Errorf("verdicts: schema %v, program %v", client.Verdict.Enum, detect.Verdicts())
	}
}

func TestNDJSON(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := NDJSON(&out, hostile()); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], `{"coverage":`) || !strings.HasPrefix(lines[1], `{"key":`) {
		t.Errorf("got %q", lines)
	}
}

func TestCSVCellsAreNoFormulas(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := CSV(&out, hostile()); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) != 2 || len(rows[0]) != len(rows[1]) {
		t.Fatalf("%v: %q", err, rows)
	}
	for i, cell := range rows[1] {
		if cell != "" && runs(cell) || strings.ContainsAny(cell, "\r\n") {
			t.Errorf("column %q holds %q", rows[0][i], cell)
		}
	}
}

// runs says whether a spreadsheet could run some part of a cell: what follows
// any separator, once blanks, quotes and what does not print are skipped.
func runs(cell string) bool {
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == ',' || r == '|' || r == '\t' || r == '\n' || r == '\r' }) {
		part = strings.TrimLeftFunc(part, func(r rune) bool {
			return unicode.IsSpace(r) || !unicode.IsPrint(r) || r == '"' || r == '`' || r == '\u201c' || r == '\u201d' || r == '\u2018' || r == '\u2019'
		})
		if first, _ := utf8.DecodeRuneInString(part); strings.ContainsRune("=+-@\uff1d\uff0b\uff0d\uff20", first) && part != "" {
			return true
		}
	}
	return false
}

func TestInert(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"plain":             "plain",
		"=1+1":              "'=1+1",
		"a; @x":             "a; '@x",
		"\x0b=1+1":          " '=1+1",
		"\u200b=1":          "'=1",
		"\u2003=1":          " '=1",
		"\"=1+1":            "\"'=1+1",
		"a;=1+1":            "a;'=1+1",
		"a=b":               "a=b",
		"-1":                "'-1",
		"\x1b]0;title\x07x": "]0;titlex",
		"line\nbreak":       "line break",
		"\uff1d1":           "'\uff1d1",
		"":                  "",
		"2026-11-21":        "2026-11-21",
	} {
		if got := Inert(cell); got != want {
			t.Errorf("Inert(%q) = %q, want %q", cell, got, want)
		}
	}
}

func TestInertLines(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"":                          "",
		"one line":                  "one line",
		"Hello,\n\n1. Open it.\n":   "Hello,\n\n1. Open it.\n",
		"Hello,\r\n=1+1":            "Hello,\n'=1+1",
		"=1\n  +2\n\u200b@x\n- 1+1": "'=1\n  '+2\n'@x\n'- 1+1",
		"a\rb\x1b[2J":               "a b[2J",
	} {
		if got := InertLines(cell); got != want {
			t.Errorf("InertLines(%q) = %q, want %q", cell, got, want)
		}
	}
}

func FuzzInert(f *testing.F) {
	for _, seed := range []string{"=1", " =1", "\uff1d1", "-2+3", "@x", "\t=1", "\ufeff=1", "plain", "", "\r\n=1", "a;=1", "\"=1", "'=1", "|=1", "a,\u200b@b", "\uffff="} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		got := Inert(cell)
		if runs(got) {
			t.Errorf("%q became %q, which runs", cell, got)
		}
		for _, r := range got {
			if unicode.IsControl(r) {
				t.Errorf("%q became %q, with a control character", cell, got)
			}
		}
	})
}

// The document of one tenant, written client by client, and that of several,
// written whole, have the same form.
func TestOneAndSeveralTenantsAgree(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]scan.Result{"hostile": hostile(), "empty": {}} {
		var streamed bytes.Buffer
		if err := JSON(&streamed, r); err != nil {
			t.Fatal(err)
		}
		var one, whole any
		if err := json.Unmarshal(streamed.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(document(r))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &whole); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(whole, one); diff != "" {
			t.Errorf("%s: (-whole +streamed)\n%s", name, diff)
		}
	}
}
