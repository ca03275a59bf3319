package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const head = "# Source: a list\n# License: MIT\n# Date: 2025-01-01\n"

// file writes text to a file of the test's own and gives its path.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRefreshBuilds(t *testing.T) {
	t.Parallel()
	const columns = "os,build,version,stage,released,source\n"
	table := file(t, "builds.csv", head+columns+
		"iOS,19H422,15.8.8,,,notes\n"+
		"iOS,24A437,27.0,RC,2026-09-09,appledb\n"+
		"iOS,24A446,27.0,,,notes\n")
	list := file(t, "appledb.csv", "os,version,build,released,kind\n"+
		"iPhoneOS,3.2.2,7B500,2010-08-11,release\n"+
		"iOS,16.1 beta,20B5045d,2022-09-14,beta\n"+
		"iPadOS,16.1 beta 2,20B5045d,2022-09-14,beta\n"+
		"iPadOS,3.2.2,7B500,2010-08-11,release\n"+
		"iOS,6.0,10A101,,release\n")
	record := file(t, "24A437.json", `{"osStr": "iOS", "version": "27.0", "build": "24A437", "released": "2026-09-14", "deviceMap": ["iPhone12,1"]}`)
	fix := file(t, "24A446.json", `{"osStr": "iOS", "version": "27.0.1", "build": "24A446", "released": "2026-09-28"}`)
	feed := file(t, "sofa.json", `{"OSVersions": [{"OSVersion": "26", "SecurityReleases": [
		{"UpdateName": "iOS 26.6.1 and iPadOS 26.6.1", "ProductVersion": "26.6.1", "ReleaseDate": "2026-08-17T00:00:00Z", "AllBuilds": ["23G83", "23G6083", "23U67", "23L773"]},
		{"UpdateName": "iPadOS 17.7.11", "ProductVersion": "17.7.11", "ReleaseDate": "2026-05-11T00:00:00Z", "AllBuilds": ["21H461"]}]}],
		"BackgroundSecurityImprovements": {"26": [{"Version": "26.3.1", "VersionExtra": "(a)", "Build": "23D771330a", "PostingDate": "2026-03-17"}]}}`)
	var notes bytes.Buffer
	if err := run([]string{"-date", "2026-11-23", "builds", table, list, record, fix, feed}, &notes); err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(head, "2025-01-01", "2026-11-23", 1) + columns +
		"iOS,7B500,3.2.2,,2010-08-11,appledb\n" +
		"iOS,10A101,6.0,undated,,appledb\n" +
		"iOS,19H422,15.8.8,,,notes\n" +
		"iOS,20B5045d,16.1,beta,2022-09-14,appledb\n" +
		"iOS,23D771330a,26.3.1,(a),2026-03-17,sofa\n" +
		"iOS,23G83,26.6.1,,2026-08-17,sofa\n" +
		"iOS,24A437,27.0,,2026-09-14,appledb\n" +
		"iOS,24A446,27.0.1,,2026-09-28,appledb\n" +
		"iPadOS,20B5045d,16.1,beta 2,2022-09-14,appledb\n" +
		"iPadOS,21H461,17.7.11,,2026-05-11,sofa\n"
	got, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("table is\n%s\nwant\n%s", got, want)
	}
	if want := "iOS 24A446 was 27.0, is 27.0.1"; !strings.Contains(notes.String(), want) {
		t.Errorf("notes are %q, want %q in them", notes.String(), want)
	}
}

func TestRefreshModels(t *testing.T) {
	t.Parallel()
	const columns = "identifier,name,source\n"
	table := file(t, "models.csv", head+columns+`"iPad13,8",iPad Pro (12.9-inch) (5th generation),device list`+"\n")
	list := file(t, "list.json", `{"x86_64": "iPhone Simulator", "iPhone12,1": "iPhone 11", "iPhone2,1": "iPhone 3GS"}`)
	feed := file(t, "sofa.json", `{"Devices": {"iPad13,8": {"MarketingName": "iPad Pro 12.9-inch (5th generation) Wi-Fi"},
		"iPad16,9": {"MarketingName": "iPad Air 11-inch (M4) Wi-Fi + Cellular"}}}`)
	record := file(t, "device.json", `{"name": "iPhone 18 Pro Max (Global)", "identifier": "iPhone19,7", "soc": "A20 Pro"}`)
	var notes bytes.Buffer
	if err := run([]string{"-date", "2026-11-23", "models", table, list, feed, record}, &notes); err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(head, "2025-01-01", "2026-11-23", 1) + columns +
		`"iPad13,8",iPad Pro (12.9-inch) (5th generation),device list` + "\n" +
		`"iPad16,9",iPad Air 11-inch (M4),sofa` + "\n" +
		`"iPhone2,1",iPhone 3GS,device list` + "\n" +
		`"iPhone12,1",iPhone 11,device list` + "\n" +
		`"iPhone19,7",iPhone 18 Pro Max,appledb` + "\n"
	got, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("table is\n%s\nwant\n%s", got, want)
	}
	if want := `iPad13,8 stays "iPad Pro (12.9-inch) (5th generation)"`; !strings.Contains(notes.String(), want) {
		t.Errorf("notes are %q, want %q in them", notes.String(), want)
	}
}

// TestRefreshRefuses checks that a file that cannot be read leaves the table as
// it was.
func TestRefreshRefuses(t *testing.T) {
	t.Parallel()
	const builds = head + "os,build,version,stage,released,source\niOS,19G71,15.6,,,notes\n"
	const models = head + "identifier,name,source\n"
	for _, tt := range []struct{ name, kind, table, source, want string }{
		{"another kind", "names", builds, "{}", `"names" is neither builds nor models`},
		{"broken table", "builds", "os\n", "{}", "table.csv: the comment lines"},
		{"neither feed nor record", "builds", builds, `{"a": 1}`, "source: neither a sofa feed nor an appledb record"},
		{"cut off", "builds", builds, `{"OSVersions": [`, "source: unexpected end of JSON input"},
		{"csv of another kind", "builds", builds, "build,version\n", "source: the first line is not"},
		{"csv with a build nobody makes", "builds", builds, "os,version,build,released,kind\niOS,15.6,banana,,release\n", `source: line 2: build "banana"`},
		{"record without a build", "builds", builds, `{"osStr": "iOS", "version": "27.0"}`, `source: build "" of "iOS" "27.0" cannot be read`},
		{"feed with a version nobody counts", "builds", builds, `{"OSVersions": [{"SecurityReleases": [{"UpdateName": "iOS", "ProductVersion": "new", "AllBuilds": ["23G83"]}]}]}`, `source: build "23G83" of version "new"`},
		{"system without a table", "builds", builds, `{"osStr": "watchOS", "version": "12.0", "build": "24R10"}`, `unknown os "watchOS"`},
		{"no phone in it", "models", models, `{"Watch6,1": "Watch"}`, "source: no iPhone, iPad or iPod in it"},
		{"models as a list", "models", models, `[1]`, "source: not a list of names"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			table, source := file(t, "table.csv", tt.table), file(t, "source", tt.source)
			err := run([]string{"-date", "2026-11-23", tt.kind, table, source}, new(bytes.Buffer))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error is %v, want %q in it", err, tt.want)
			}
			if after, _ := os.ReadFile(table); string(after) != tt.table {
				t.Errorf("the table has changed to %q", after)
			}
		})
	}
	if err := run([]string{"builds", "table.csv", "file"}, new(bytes.Buffer)); err == nil || !strings.Contains(err.Error(), "usage") {
		t.Errorf("without a date: %v", err)
	}
}
