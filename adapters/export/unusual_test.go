package export

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
)

// unusual are ways to write one sign-in, each of which must be read as the first.
var unusual = map[string]string{
	"usual":             `{"id":"1","createdDateTime":"2026-11-02T08:00:00Z","userPrincipalName":"ada@contoso.com","clientAppUsed":"IMAP4","userAgent":"a \"b\"","status":{"errorCode":50126},"x":{"y":["z"]}}`,
	"spaced":            `{ "id" : "1" , "createdDateTime" : "2026-11-02T08:00:00Z" ,	"userPrincipalName" :"ada@contoso.com" , "clientAppUsed": "IMAP4" , "userAgent" : "a \"b\"" , "status" : { "errorCode" : 50126 } , "x" : { "y" : [ "z" ] } } `,
	"escaped keys":      `{"\u0069d":"1","createdDateTime":"2026-11-02T08:00:00Z","user\u0050rincipalName":"ada@contoso.com","client\u0041ppUsed":"IMAP4","userAgent":"a \"b\"","st\u0061tus":{"error\u0043ode":50126},"x":{"y":["z"]}}`,
	"escaped values":    `{"id":"\u0031","createdDateTime":"2026-11-02T08:00:00Z","userPrincipalName":"ada\u0040contoso.com","clientAppUsed":"\u0049MAP4","userAgent":"\u0061 \u0022b\u0022","status":{"errorCode":50126},"x":{"y":["z"]}}`,
	"in another order":  `{"x":{"y":["z"]},"status":{"errorCode":50126},"userAgent":"a \"b\"","clientAppUsed":"IMAP4","userPrincipalName":"ada@contoso.com","createdDateTime":"2026-11-02T08:00:00Z","id":"1"}`,
	"in another case":   `{"ID":"1","CREATEDDATETIME":"2026-11-02T08:00:00Z","userprincipalname":"ada@contoso.com","ClientAppUsed":"IMAP4","UserAgent":"a \"b\"","Status":{"ErrorCode":50126},"X":{"y":["z"]}}`,
	"the same keys in":  `{"id":"1","createdDateTime":"2026-11-02T08:00:00Z","userPrincipalName":"ada@contoso.com","clientAppUsed":"IMAP4","userAgent":"a \"b\"","status":{"errorCode":50126},"x":{"clientAppUsed":"Browser","status":{"errorCode":0},"id":[{"id":"2"}]}}`,
	"keys twice":        `{"id":"2","id":"1","createdDateTime":"2026-11-02T08:00:00Z","userPrincipalName":"ada@contoso.com","clientAppUsed":"Browser","clientAppUsed":"IMAP4","clientAppUsed":null,"userAgent":"a \"b\"","status":{"errorCode":0},"status":{"errorCode":1,"errorCode":50126}}`,
	"deep":              `{"id":"1","createdDateTime":"2026-11-02T08:00:00Z","userPrincipalName":"ada@contoso.com","clientAppUsed":"IMAP4","userAgent":"a \"b\"","status":{"errorCode":50126},"x":` + strings.Repeat(`[{"clientAppUsed":`, 100) + `1` + strings.Repeat(`}]`, 100) + `}`,
	"an envelope's key": `{"id":"1","createdDateTime":"2026-11-02T08:00:00Z","userPrincipalName":"ada@contoso.com","clientAppUsed":"IMAP4","userAgent":"a \"b\"","status":{"errorCode":50126},"value":"x","records":{"a":1},"tables":null}`,
}

// TestUnusualInEveryShape reads each way of writing a sign-in in the middle of usual
// ones, in every shape of JSON, from a file, compressed and through a pipe.
func TestUnusualInEveryShape(t *testing.T) {
	t.Parallel()
	usual := unusual["usual"]
	want, _, err := all(t, memory("x.jsonl", []byte(usual+"\n")))
	if err != nil || len(want) != 1 || want[0].ClientApp != "IMAP4" || want[0].Agent != `a "b"` || want[0].Result != (detect.Result{Known: true, Code: 50126}) {
		t.Fatalf("%+v, %v", want, err)
	}
	shapes := map[string]func(rows []string) string{
		"lines": func(rows []string) string { return strings.Join(rows, "\n") + "\n" },
		"array": func(rows []string) string { return "[" + strings.Join(rows, ",") + "]" },
		"page": func(rows []string) string {
			return `{"@odata.context":"x","value":[` + strings.Join(rows, ",\n") + `]}`
		},
		"objects":   func(rows []string) string { return strings.Join(rows, " \n ") },
		"event hub": func(rows []string) string { return `{"records":[` + strings.Join(rows, ", ") + `]}` },
	}
	for name, row := range unusual {
		for shape, join := range shapes {
			t.Run(name+"/"+shape, func(t *testing.T) {
				t.Parallel()
				text := join([]string{usual, usual, usual, row, usual, row, row, usual})
				for kind, in := range map[string]Input{
					"file": memory("x.json", []byte(text)), "gzip": memory("x.json", packed(t, text)), "pipe": piped(text),
				} {
					got, r, err := all(t, in)
					if err != nil || len(got) != 8 || r.Skipped > 0 || r.Truncated != "" {
						t.Fatalf("%s: %d rows, %+v, %v", kind, len(got), r, err)
					}
					for i, s := range got {
						if diff := cmp.Diff(want[0], s); diff != "" {
							t.Errorf("%s, row %d (-usual +unusual):\n%s", kind, i, diff)
						}
					}
				}
			})
		}
	}
}

// TestUnusualCells does so for the cells of a table: in quotes or not, in another
// order, under titles in another case, among empty rows and with other line ends.
func TestUnusualCells(t *testing.T) {
	t.Parallel()
	const usual = "Date (UTC),Request ID,Username,Client app,User agent,Sign-in error code\n2026-11-02T08:00:00Z,1,ada@contoso.com,IMAP4,\"a \"\"b\"\"\",50126\n"
	want, _, err := all(t, memory("x.csv", []byte(usual)))
	if err != nil || len(want) != 1 || want[0].ClientApp != "IMAP4" || want[0].Agent != `a "b"` {
		t.Fatalf("%+v, %v", want, err)
	}
	for name, text := range map[string]string{
		"all in quotes":    "\"Date (UTC)\",\"Request ID\",\"Username\",\"Client app\",\"User agent\",\"Sign-in error code\"\n\"2026-11-02T08:00:00Z\",\"1\",\"ada@contoso.com\",\"IMAP4\",\"a \"\"b\"\"\",\"50126\"\n",
		"in another order": "Sign-in error code,User agent,Client app,Username,Request ID,Date (UTC)\n50126,\"a \"\"b\"\"\",IMAP4,ada@contoso.com,1,2026-11-02T08:00:00Z\n",
		"in another case":  strings.Replace(usual, "Request ID,Username,Client app", "REQUEST ID, username ,CLIENT APP", 1),
		"semicolons":       strings.ReplaceAll(usual, ",", ";"),
		"windows ends":     strings.ReplaceAll(usual, "\n", "\r\n") + "\r\n\r\n",
		"another column":   "Date (UTC),Note,Request ID,Username,Client app,User agent,Sign-in error code\n2026-11-02T08:00:00Z,\"Browser,\n\"\"IMAP4\"\"\",1,ada@contoso.com,IMAP4,\"a \"\"b\"\"\",50126\n",
		"without an end":   strings.TrimSuffix(usual, "\n"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for kind, in := range map[string]Input{
				"file": memory("x.csv", []byte(text)), "gzip": memory("x.csv", packed(t, text)), "pipe": piped(text),
			} {
				got, r, err := all(t, in)
				if err != nil || r.Skipped > 0 || r.Truncated != "" {
					t.Fatalf("%s: %+v, %v", kind, r, err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-usual +unusual):\n%s", kind, diff)
				}
			}
		})
	}
}

func packed(t *testing.T, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// piped is an input that gives a few bytes at a time and can be read only once.
func piped(text string) Input {
	return Input{Name: "standard input", Size: -1, Open: func() (io.ReadCloser, error) {
		read, write := io.Pipe()
		go func() {
			for rest := text; rest != ""; {
				n := min(len(rest), 37)
				if _, err := write.Write([]byte(rest[:n])); err != nil {
					return
				}
				rest = rest[n:]
			}
			_ = write.Close()
		}()
		return read, nil
	}}
}
