package logrow

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
	"legacyauth/detect/logrow/logrowtest"
)

// compare decodes a row by the fast path and by the exact one. The fast path
// may read a row whose only fault is inside a string, which it does not look
// into; otherwise both must agree.
func compare(t *testing.T, fast, exact *Decoder, row []byte) {
	t.Helper()
	fast.Tally, exact.Tally = Tally{}, Tally{}
	var a, b detect.SignIn
	okA, faultA := fast.Row(row, &a)
	okB, faultB := exact.Row(row, &b)
	if faultB != nil && faultA == nil {
		inString := bytes.IndexByte(row, '\\') >= 0 || bytes.ContainsFunc(row, func(r rune) bool { return r < ' ' })
		if !inString {
			t.Fatalf("%q: only the exact path finds a fault: %v", row, faultB)
		}
		return
	}
	if (faultA != nil) != (faultB != nil) || okA != okB {
		t.Fatalf("%q: fast %v %v, exact %v %v", row, okA, faultA, okB, faultB)
	}
	if okA {
		if diff := cmp.Diff(b, a); diff != "" {
			t.Fatalf("%q (-exact +fast):\n%s", row, diff)
		}
	}
	if diff := cmp.Diff(exact.Tally, fast.Tally); diff != "" {
		t.Fatalf("%q: tally (-exact +fast):\n%s", row, diff)
	}
}

var rowSeeds = []string{
	`{}`, ` { } `, `{"a":1,}`, `{"a" 1}`, `{"id":"1"`, `null`, `[]`, `{"a":[1,2,{"b":[]}]}x`, `{"clientAppUsed":"IMAP4"}`,
	`{"CLIENTAPPUSED":"IMAP4","Status":{"ErrorCode":0},"createddatetime":"2026-11-02T08:00:00Z"}`,
	`{"clientAppUsed":"IMAP4","clientAppUsed":null,"clientAppUsed":"POP3","status":{"errorCode":1,"errorCode":null}}`,
	`{"client\u0041ppUsed":"IMAP4"}`, `{"clientAppUsed":"IM\u0041P4","userAgent":"a\"b\\"}`, `{"clientAppUsed":"\ud83d"}`, "{\"clientAppUsed\":\"\xff\xfe\"}",
	`{"properties":{"clientAppUsed":"IMAP4","properties":{"id":"x"}},"location":"US"}`, `{"properties":"{\"clientAppUsed\":\"IMAP4\"}","tenantId":"t"}`,
	`{"properties":null,"category":"SignInLogs"}`, `{"properties":[1],"category":"SignInLogs"}`,
	`{"clientAppUsed":"Browser","status":"{\"errorCode\":50126}","isInteractive":"False"}`,
	`{"clientAppUsed":"x","deviceDetail":{"operatingSystem":"iOS","a":` + strings.Repeat("[", 70) + strings.Repeat("]", 70) + `}}`,
	`{"clientAppUsed":"x","signInEventTypes":["a","nonInteractiveUser"],"appliedConditionalAccessPolicies":[{"result":"reportOnlyFailure","displayName":"a","id":"b"},3]}`,
	`{"clientAppUsed":"x","resultType":-0.5e+3,"userId":01}`, `{"clientAppUsed":"x","resultType":1e5,"userId":true}`,
	`{"time":"1/9/2007 10:41:00 AM +01:00","category":"SignInLogs","resultType":"Failure"}`,
}

// FuzzRow holds the fast path to the exact one.
func FuzzRow(f *testing.F) {
	for _, seed := range rowSeeds {
		f.Add([]byte(seed))
	}
	for _, line := range bytes.Split(bytes.TrimSpace(append(logrowtest.Lines(8<<10, logrowtest.Graph, chance()), logrowtest.Lines(8<<10, logrowtest.Record, chance())...)), []byte{'\n'}) {
		f.Add(line)
	}
	fast, exact := NewDecoder(), NewDecoder()
	exact.plain = true
	f.Fuzz(func(t *testing.T, row []byte) {
		for range 3 { // once new, once by its values, once by its runs
			compare(t, fast, exact, row)
		}
	})
}

// TestRowsAgree breaks real rows at random places: whatever the damage, both
// paths give the same answer.
func TestRowsAgree(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 5))
	fast, exact := NewDecoder(), NewDecoder()
	exact.plain = true
	data, err := os.ReadFile(filepath.Join("testdata", "rows.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	rows := bytes.Split(data, []byte{'\n'})
	for _, seed := range rowSeeds {
		rows = append(rows, []byte(seed))
	}
	for _, row := range rows {
		compare(t, fast, exact, row)
		if len(row) == 0 {
			continue
		}
		for range 300 {
			damaged := bytes.Clone(row)
			for range 1 + r.IntN(2) {
				at := r.IntN(len(damaged))
				switch r.IntN(3) {
				case 0:
					damaged[at] = `{}[]:,"\ 0x`[r.IntN(11)]
				case 1:
					damaged = append(damaged[:at], damaged[at+1:]...)
				case 2:
					damaged = damaged[:at]
				}
				if len(damaged) == 0 {
					break
				}
			}
			compare(t, fast, exact, damaged)
		}
	}
}

// TestUnusualRowsTakeTheExactPath wants the fast path left for what it cannot
// judge, and only for that.
func TestUnusualRowsTakeTheExactPath(t *testing.T) {
	t.Parallel()
	const usual = `{"clientAppUsed":"IMAP4","status":{"errorCode":0},"userAgent":"a \"b\""}`
	for _, c := range []struct {
		name, row string
		exact     bool
	}{
		{"usual", usual, false},
		{"spaced", "{ \"clientAppUsed\" : \"IMAP4\" ,\t\"status\" : { \"errorCode\" : 0 } }", false},
		{"in another order", `{"status":{"errorCode":0},"userAgent":"a","clientAppUsed":"IMAP4"}`, false},
		{"in another case", `{"CLIENTAPPUSED":"IMAP4"}`, false},
		{"nested", `{"a":{"clientAppUsed":"Browser","b":[{"clientAppUsed":"Browser"}]},"clientAppUsed":"IMAP4"}`, false},
		{"one key twice", `{"clientAppUsed":"IMAP4","clientAppUsed":"POP3"}`, false},
		{"escaped key", `{"client\u0041ppUsed":"IMAP4"}`, true},
		{"properties as text", `{"properties":"{\"clientAppUsed\":\"IMAP4\"}"}`, true},
		{"deep", `{"clientAppUsed":"IMAP4","a":` + strings.Repeat("[", 80) + strings.Repeat("]", 80) + `}`, true},
		{"broken", `{"clientAppUsed":"IMAP4",}`, true},
	} {
		d := NewDecoder()
		var s detect.SignIn
		for range 3 { // what is learned of a row changes nothing
			if _, fault := d.Row([]byte(usual), &s); fault != nil || s.ClientApp != "IMAP4" || d.exactRows > 0 {
				t.Fatalf("a usual row: %+v, %v", s, fault)
			}
		}
		if _, fault := d.Row([]byte(c.row), &s); fault == nil && detect.ParseClientApp(s.ClientApp) == detect.Unknown {
			t.Errorf("%s: client app %q", c.name, s.ClientApp)
		}
		if (d.exactRows > 0) != c.exact {
			t.Errorf("%s: exact path taken: %v, want %v", c.name, d.exactRows > 0, c.exact)
		}
	}
}

// TestRepeatedValues changes one thing after another in a row that has been seen
// often: what differs is read, however much of the row is as before.
func TestRepeatedValues(t *testing.T) {
	t.Parallel()
	const row = `{"id":"a","n":12,"userType":"member","x":{"y":[1,{"z":"b"}]},"clientAppUsed":"IMAP4","status":{"errorCode":0},"isInteractive":true,"e":[]}`
	fast, exact := NewDecoder(), NewDecoder()
	exact.plain = true
	for range 5 {
		compare(t, fast, exact, []byte(row))
	}
	for _, c := range []struct{ was, is string }{
		{`12`, `123`},
		{`12`, `1`},
		{`12`, `12.5e3`},
		{`12,`, `12 ,`},
		{`"member",`, `"member" , `},
		{`"member"`, `"member2"`},
		{`"member"`, `"mem\"ber"`},
		{`"b"`, `"b","z":"c"`},
		{`[1,`, `[1,2,`},
		{`"IMAP4"`, `"POP3"`},
		{`"IMAP4",`, `"IMAP4","clientAppUsed":"POP3",`},
		{`"clientAppUsed"`, `"ClientAppUsed"`},
		{`{"errorCode":0}`, `{"errorCode":1}`},
		{`true`, `true2`},
		{`[]}`, `[]}}`},
		{`[]}`, `[]`},
		{`[]}`, `[],"userType":"guest"}`},
		{`"e":[]`, `"e":[],`},
		{`:12`, `:`},
	} {
		changed := strings.Replace(row, c.was, c.is, 1)
		for range 3 {
			compare(t, fast, exact, []byte(changed))
			compare(t, fast, exact, []byte(row))
		}
	}
	if fast.exactRows == 0 {
		t.Error("no broken row was left to the exact path")
	}
}

// TestMemoryIsBounded reads rows whose every key and value is new.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	d := NewDecoder()
	var s detect.SignIn
	for i := range 5000 {
		row := fmt.Sprintf(`{"clientAppUsed":"IMAP4","k%d":"%s","o%d":{"k%d":[{"v":"%d"}]}}`, i, strings.Repeat("x", i), i, i, i)
		if ok, err := d.Row([]byte(row), &s); !ok || s.ClientApp != "IMAP4" {
			t.Fatal(i, err)
		}
	}
	left := d.keys[outer].room
	if left.members != 0 || left.bytes < -longest {
		t.Errorf("room for %d members and %d bytes is left", left.members, left.bytes)
	}
}
