package logrow

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
	"legacyauth/detect/logrow/logrowtest"
)

// folded is what a Fold makes of rows, with what the decoder counted.
type folded struct {
	Clients []detect.Client
	Counts  detect.Counts
	Tally   Tally
}

// fold reads rows into a Fold over w, all of them or without echoes, and says how
// many were handed over.
func fold(rows [][]byte, w detect.Window, echoes bool) (answer folded, handed int) {
	d, f := NewDecoder(), detect.NewFold(w)
	if !echoes {
		d.FoldOver = &w
	}
	for _, row := range rows {
		var s detect.SignIn
		if ok, err := d.Row(row, &s); ok && err == nil {
			f.Add(&s)
			handed++
		}
	}
	counts := f.Counts()
	counts.Add(&d.Tally.Echoes)
	d.Tally.Echoes = detect.Counts{}
	return folded{f.Clients(), counts, d.Tally}, handed
}

func day(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }

var windows = []detect.Window{{}, {From: day(5)}, {To: day(15)}, {From: day(10), To: day(12)}}

// sameFold holds a Fold over w without echoes to one of all rows.
func sameFold(t *testing.T, w detect.Window, rows [][]byte) (left int) {
	t.Helper()
	want, all := fold(rows, w, true)
	got, some := fold(rows, w, false)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("over %v (-all +without echoes):\n%s\n%s", w, diff, bytes.Join(rows, []byte{'\n'}))
	}
	return all - some
}

// TestEchoes leaves echoes out of generated logs, of which most modern rows are
// some, and finds the same.
func TestEchoes(t *testing.T) {
	t.Parallel()
	for _, shape := range []logrowtest.Shape{logrowtest.Graph, logrowtest.Record} {
		r := chance()
		few := func(n int) int { // so that addresses and users come again
			if n == 256 || n == 400 {
				n = 5
			}
			return r(n)
		}
		rows := bytes.Split(bytes.TrimSpace(logrowtest.Lines(2<<20, shape, few)), []byte{'\n'})
		for _, w := range windows {
			if left := sameFold(t, w, rows); left < len(rows)/2 {
				t.Errorf("shape %d over %v: %d of %d rows were left out", shape, w, left, len(rows))
			}
		}
	}
}

// variety are the things that a row may say, each in several ways; the first is the
// usual one.
var variety = [][]string{
	{`"createdDateTime":"2026-11-11T10:00:00Z"`, `"createdDateTime":"2026-11-09T10:00:00Z"`, `"time":"2026-11-10T09:00:00Z"`, `"createdDateTime":"11/13/2026 10:00"`, "\"createdDateTime\":\"\xff\"", `"x":1`, `"TimeGenerated":"2026-11-11T11:00:00Z"`},
	{`"userId":"u"`, `"userId":"v"`, `"userId":""`, `"userId":null`, `"userId":"\u0075"`, `"x":1`},
	{`"userPrincipalName":"u@contoso.com"`, `"userPrincipalName":"v@contoso.com"`, `"userPrincipalName":"` + "\xff" + `"`, `"userPrincipalName":""`, `"x":1`},
	{`"ipAddress":"192.0.2.1"`, `"ipAddress":"192.0.2.2"`, `"ipAddress":""`, `"ipAddress":["192.0.2.1"]`, "\"ipAddress\":\"\xff\"", `"x":1`},
	{`"callerIpAddress":"192.0.2.2"`, `"callerIpAddress":"192.0.2.3"`, `"x":1`},
	{`"userType":"member"`, `"userType":"guest"`, `"userType":"Member"`},
	{`"homeTenantId":"t"`, `"homeTenantId":"o"`, `"homeTenantId":"` + "\xff" + `"`, `"x":1`},
	{`"resourceTenantId":"t"`, `"resourceTenantId":"o"`, `"AADTenantId":"t"`, `"tenantId":"o"`, `"ResourceId":"/tenants/p/x"`},
	{`"clientAppUsed":"Browser"`, `"clientAppUsed":"Mobile Apps and Desktop clients"`, `"clientAppUsed":"IMAP4"`, `"clientAppUsed":"POP3"`, `"clientAppUsed":""`},
	{`"signInEventTypes":["interactiveUser"]`, `"signInEventTypes":["nonInteractiveUser"]`, `"signInEventTypes":["servicePrincipal"]`, `"signInEventTypes":[]`},
	{`"isInteractive":true`, `"isInteractive":false`},
	{`"category":"SignInLogs"`, `"category":"NonInteractiveUserSignInLogs"`, `"category":"AuditLogs"`, `"x":1`},
	{`"servicePrincipalId":""`, `"servicePrincipalId":"p"`},
	{`"status":{"errorCode":0}`, `"status":{"errorCode":50126}`, `"status":{"errorCode":50053,"failureReason":"malicious"}`, `"status":{"errorCode":50058}`, `"status":null`, `"status":"Failure"`},
	{`"resultType":"0"`, `"resultType":"50126"`, `"x":1`},
	{`"conditionalAccessStatus":"success"`, `"conditionalAccessStatus":"failure"`, `"x":1`},
	{`"x":2`, `"properties":{"userId":"w","ipAddress":"192.0.2.4","clientAppUsed":"Browser"}`, `"properties":{}`},
}

// TestVariousEchoes reads random rows that come again, each of which says a few
// things in an unusual way: what differs in anything that counts is no echo. The
// failures at the end of each log show what was learned of networks.
func TestVariousEchoes(t *testing.T) {
	t.Parallel()
	n := chance()
	var failures [][]byte
	for _, account := range []string{`"userId":"u"`, `"userId":"v"`, `"userPrincipalName":"u@contoso.com"`, `"userPrincipalName":"v@contoso.com"`} {
		for ip := range 4 {
			failures = append(failures, fmt.Appendf(nil, `{"clientAppUsed":"IMAP4","isInteractive":true,"status":{"errorCode":50126},"ipAddress":"192.0.2.%d",%s}`, 1+ip, account))
		}
	}
	const rounds = 1500
	left := 0
	for range rounds {
		kinds := make([][]string, 4)
		for i := range kinds {
			for _, ways := range variety {
				kinds[i] = append(kinds[i], ways[0])
			}
			for range n(20) {
				at := n(len(variety))
				kinds[i][at] = variety[at][n(len(variety[at]))]
			}
		}
		var rows [][]byte
		for range 20 {
			row := slices.Clone(kinds[n(len(kinds))])
			for range n(3) {
				at := n(6) // when, who, where, and anything
				if at == 5 {
					at = n(len(variety))
				}
				row[at] = variety[at][n(len(variety[at]))]
			}
			rows = append(rows, []byte("{"+strings.Join(row, ",")+"}"))
		}
		left += sameFold(t, windows[n(len(windows))], append(rows, failures...))
	}
	if left < 2*rounds {
		t.Errorf("%d rows were left out", left)
	}
}

// TestEchoesOfNobody tells an application's rows from those that name nobody: only
// what else the row says of who signed in tells which they are.
func TestEchoesOfNobody(t *testing.T) {
	t.Parallel()
	var rows [][]byte
	for range 2 {
		for _, who := range []string{`"servicePrincipalId":""`, `"servicePrincipalId":"p"`, `"servicePrincipalId":"p","userId":"u"`, `"servicePrincipalId":"p","userPrincipalName":"u"`} {
			for range 2 {
				rows = append(rows, fmt.Appendf(nil, `{"clientAppUsed":"Browser","isInteractive":true,"status":{"errorCode":0},"ipAddress":"192.0.2.1",%s}`, who))
			}
		}
	}
	if left := sameFold(t, detect.Window{}, rows); left < 8 {
		t.Errorf("%d rows were left out", left)
	}
}

// FuzzEcho reads any row among others, again and again.
func FuzzEcho(f *testing.F) {
	data, err := os.ReadFile(filepath.Join("testdata", "rows.jsonl"))
	if err != nil {
		f.Fatal(err)
	}
	usual := bytes.Split(bytes.TrimSpace(data), []byte{'\n'})
	for _, row := range usual {
		f.Add(row, row)
	}
	for _, seed := range rowSeeds {
		f.Add([]byte(seed), usual[0])
	}
	f.Fuzz(func(t *testing.T, one, other []byte) {
		for _, w := range windows[2:] {
			sameFold(t, w, [][]byte{one, other, usual[0], one, other, one, other})
		}
	})
}

// TestManyManners reads more kinds of rows than are remembered.
func TestManyManners(t *testing.T) {
	t.Parallel()
	var rows [][]byte
	for i := range 3 * mostManners {
		for range 2 {
			rows = append(rows, fmt.Appendf(nil, `{"createdDateTime":"2026-11-11T10:00:00Z","userId":"u%d","clientAppUsed":"Browser","isInteractive":true,"ipAddress":"192.0.2.1","status":{"errorCode":0,"additionalDetails":"%d"}}`, i%7, i))
		}
	}
	if left := sameFold(t, detect.Window{}, rows); left < mostManners {
		t.Errorf("%d rows were left out", left)
	}
}
