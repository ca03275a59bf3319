package graphlog

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const hostile = "=cmd|' /C calc'!A0, \"quoted\"\x1b[31m \u202e*bold*\n"

func full() SignIn {
	return SignIn{
		ID: "66ea54eb-6301-4ee5-be62-ff5a759b0100", Correlation: "5d295068-919b-4017-85d8-44be2f5f5483", Token: "61TqZgFj5U6-Yv9adZsBAA",
		Time: time.Date(2026, 11, 20, 9, 30, 5, 0, time.FixedZone("CET", 3600)), Event: NonInteractive,
		User:       User{ID: "26be570a-ae82-4189-b4e2-a37c6808512d", Name: "anna.weber@contoso.com", Display: hostile, Type: "member"},
		App:        Application{ID: "00000002-0000-0ff1-ce00-000000000000", Name: "Office 365 Exchange Online"},
		Resource:   Application{ID: "00000002-0000-0ff1-ce00-000000000000", Name: "Office 365 Exchange Online"},
		HomeTenant: "4f7a7bc2-28e2-46a3-b90e-5ade5bc90138", ResourceTenant: "4f7a7bc2-28e2-46a3-b90e-5ade5bc90138", CrossTenant: "none",
		ClientApp: "Exchange ActiveSync", AuthProtocol: "ropc", Requirement: "singleFactorAuthentication",
		Agent: "Apple-iPhone12C1/1808.17", IncomingType: "none",
		IP: "2001:db8::17", ASN: 64496, Place: Place{"Berlin", "Berlin", "DE", 52.5244, 13.4105},
		Device:       Device{ID: "f0e1", Name: "iPhone", OS: "Ios 14.8", Browser: "Mobile Safari", Trust: "Azure AD registered", Managed: true},
		Status:       Status{53003, "Access has been blocked by Conditional Access policies.", ""},
		CAStatus:     "failure",
		Policies:     []Policy{{"c8a1", "CA03 Block legacy authentication", []string{"Block"}, "failure"}},
		Steps:        []Step{{"Password", "Password in the cloud", "Correct password", "Primary authentication", true}},
		Details:      []Detail{{"Legacy TLS (TLS 1.0, 1.1, 3DES)", "False"}},
		Milliseconds: 123,
	}
}

func TestWriters(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func([]byte, *SignIn) []byte{
		"graph.json": AppendGraph, "diagnostic.json": AppendDiagnostic, "portal.csv": AppendPortal,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			row := full()
			got := append(write(nil, &row), '\n')
			golden := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s differs (-want +got), -update rewrites it:\n%s", golden, diff)
			}
		})
	}
}

func TestJSONKeepsHostileText(t *testing.T) {
	t.Parallel()
	row := full()
	var graph struct{ UserDisplayName string }
	if err := json.Unmarshal(AppendGraph(nil, &row), &graph); err != nil {
		t.Fatal(err)
	}
	var record struct {
		Properties struct{ UserDisplayName string }
	}
	if err := json.Unmarshal(AppendDiagnostic(nil, &row), &record); err != nil {
		t.Fatal(err)
	}
	if graph.UserDisplayName != hostile || record.Properties.UserDisplayName != hostile {
		t.Errorf("got %q and %q, want %q", graph.UserDisplayName, record.Properties.UserDisplayName, hostile)
	}
	if bytes.ContainsRune(AppendGraph(nil, &row), '\n') {
		t.Error("a row is more than one line")
	}
}

func TestPortalFitsItsHeader(t *testing.T) {
	t.Parallel()
	row := full()
	text := PortalHeader + "\n" + string(AppendPortal(nil, &row)) + "\n"
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for i, name := range lines[0] {
		got[name] = lines[1][i]
	}
	for name, want := range map[string]string{
		"Date (UTC)": "2026-11-20T08:30:05Z", "Request ID": row.ID, "User": hostile, "Username": row.User.Name,
		"Client app": row.ClientApp, "User agent": row.Agent, "Sign-in error code": "53003", "IP address": row.IP,
		"Application": row.App.Name, "Application ID ": row.App.ID, "Location": "Berlin, Berlin, DE", "Conditional Access": "failure",
		"Device ID": row.Device.ID, "Resource tenant ID": row.ResourceTenant, "Home tenant ID": row.HomeTenant,
		"Authentication Protocol": "ropc", "Autonomous system  number": "64496", "Latency": "123",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
}

func TestFrame(t *testing.T) {
	t.Parallel()
	for _, shape := range []Shape{Lines, Diagnostic, Array, Page, PortalCSV} {
		frame, err := shape.Frame()
		if err != nil || frame.Append == nil || frame.Between == "" {
			t.Errorf("%s has no frame: %v", shape, err)
		}
	}
	if _, err := Shape("xml").Frame(); err == nil || !strings.Contains(err.Error(), `"xml"`) {
		t.Errorf("got %v, want an error that names the shape", err)
	}
}
