package data

import (
	"bytes"
	"strings"
	"testing"
)

const head = "# Source: a list\n# License: MIT\n# Date: 2026-11-23\n"

func TestReadBuildsRefuses(t *testing.T) {
	t.Parallel()
	const columns = "os,build,version,stage,released,source\n"
	const row = "iOS,19G71,15.6,,2022-07-20,appledb\n"
	for _, tt := range []struct{ name, text, want string }{
		{"no header", columns + row, "t.csv: the comment lines at the top must give Source, License and Date"},
		{"no license", "# Source: x\n# Date: 2026-11-23\n" + columns, "t.csv: the comment lines at the top"},
		{"date of another form", "# Source: x\n# License: MIT\n# Date: 23.11.2026\n" + columns, "t.csv: the comment lines at the top"},
		{"unknown header line", "# Author: x\n" + columns, `t.csv:1: unknown header line "Author"`},
		{"nothing after the header", head, "t.csv: no line of column names"},
		{"unknown column", head + strings.Replace(columns, "stage", "phase", 1), "t.csv:4: columns are"},
		{"too few fields", head + columns + row + "iOS,19G82,15.6.1\n", "t.csv:6: 3 fields, want 6"},
		{"bare quote", head + columns + "iOS,19\"G71,15.6,,,x\n", "t.csv: "},
		{"unknown system", head + columns + "watchOS,19G71,15.6,,,x\n", `t.csv:5: unknown os "watchOS"`},
		{"not a build", head + columns + "iOS,G71,15.6,,,x\n", `t.csv:5: build "G71" is not a build number`},
		{"letter alone outside macOS", head + columns + "iOS,19G,15.6,,,x\n", `t.csv:5: build "19G" is not a build number`},
		{"not a version", head + columns + "iOS,19G71,15.6 beta,,,x\n", `t.csv:5: version "15.6 beta"`},
		{"not a day", head + columns + "iOS,19G71,15.6,,July,x\n", `t.csv:5: released "July"`},
		{"no source", head + columns + "iOS,19G71,15.6,,,\n", "t.csv:5: build 19G71 names no source"},
		{"twice", head + columns + row + row, "t.csv:6: iOS build 19G71 stands twice"},
		{"out of order", head + columns + row + "iOS,19G70,15.6,,2022-07-20,appledb\n", "t.csv:6: iOS build 19G70 has to stand further up"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, _, err := ReadBuilds("t.csv", tt.text)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error is %v, want %q in it", err, tt.want)
			}
		})
	}
}

func TestReadModelsRefuses(t *testing.T) {
	t.Parallel()
	const columns = "identifier,name,source\n"
	const row = `"iPhone12,1",iPhone 11,device list` + "\n"
	for _, tt := range []struct{ name, text, want string }{
		{"unknown column", head + "identifier,name,year\n", "t.csv:4: columns are"},
		{"not an identifier", head + columns + "iPhone12C1,iPhone 11,x\n", `t.csv:5: identifier "iPhone12C1"`},
		{"another kind", head + columns + "\"Watch6,1\",Watch,x\n", `t.csv:5: identifier "Watch6,1"`},
		{"no name", head + columns + "\"iPhone12,1\",,x\n", "t.csv:5: iPhone12,1 has no name"},
		{"twice", head + columns + row + row, "t.csv:6: iPhone12,1 stands twice"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, _, err := ReadModels("t.csv", tt.text)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error is %v, want %q in it", err, tt.want)
			}
		})
	}
}

// TestEmbeddedTables decodes each table and writes it again: a table edited by
// hand must be in the form and order that refreshing gives it.
func TestEmbeddedTables(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		text string
		copy func(text string) (string, error)
	}{
		{"apple-builds.csv", appleBuilds, copyBuilds},
		{"macos-builds.csv", macBuilds, copyBuilds},
		{"apple-models.csv", appleModels, func(text string) (string, error) {
			models, head, err := ReadModels("apple-models.csv", text)
			if err != nil {
				return "", err
			}
			var out bytes.Buffer
			err = WriteModels(&out, head, models)
			return out.String(), err
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			again, err := tt.copy(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			was, is := strings.Split(tt.text, "\n"), strings.Split(again, "\n")
			for i := range min(len(was), len(is)) {
				if was[i] != is[i] {
					t.Fatalf("line %d is %q, refreshing would write %q", i+1, was[i], is[i])
				}
			}
			if len(was) != len(is) {
				t.Errorf("%d lines, refreshing would write %d", len(was), len(is))
			}
		})
	}
}

func copyBuilds(text string) (string, error) {
	builds, head, err := ReadBuilds("builds.csv", text)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = WriteBuilds(&out, head, builds)
	return out.String(), err
}

// TestTablesReach says how far the tables go, by builds that a newer table must
// not lose.
func TestTablesReach(t *testing.T) {
	t.Parallel()
	apple, _, errApple := AppleBuilds()
	mac, _, errMac := MacBuilds()
	if errApple != nil || errMac != nil {
		t.Fatal(errApple, errMac)
	}
	versions := make(map[string]string)
	for _, b := range append(apple, mac...) {
		versions[b.OS+" "+b.Number.String()] = b.Version
	}
	for build, want := range map[string]string{
		"iOS 16H88": "12.5.8", "iOS 19H422": "15.8.8", "iOS 20H392": "16.7.16", "iOS 21H461": "17.7.11",
		"iOS 22H374": "18.7.10", "iOS 23A341": "26.0", "iOS 23D9133": "26.3.1", "iOS 23G83": "26.6.1",
		"iOS 23H30": "26.7.1", "iOS 24A446": "27.0.1",
		"macOS 19G73": "10.15.6", "macOS 21G72": "12.5", "macOS 25G83": "26.6.2", "macOS 25A": "26.0",
	} {
		if got := versions[build]; got != want {
			t.Errorf("%s is %q, want %q", build, got, want)
		}
	}
}

func TestParseNumber(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		want Number
		ok   bool
	}{
		{"19G71", Number{19, 'G', 71, 0}, true},
		{"7E18", Number{7, 'E', 18, 0}, true},
		{"24A5390f", Number{24, 'A', 5390, 'f'}, true},
		{"23D771330a", Number{23, 'D', 771330, 'a'}, true},
		{in: "19G"},
		{in: "19G0"},
		{in: "19g71"},
		{in: "G71"},
		{in: ""},
		{in: "19G71ff"},
		{in: "19GH71"},
		{in: "119G71"},
		{in: "0G71"},
		{in: "19G-1"},
		{in: "19G999999999"},
	} {
		n, ok := ParseNumber(tt.in)
		if ok != tt.ok || ok && n != tt.want {
			t.Errorf("ParseNumber(%q) = %v %v, want %v %v", tt.in, n, ok, tt.want, tt.ok)
		}
		if ok && n.String() != tt.in {
			t.Errorf("%q is written again as %q", tt.in, n)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"19G71", "24A5390f", "7E018", "", "1A", "99Z99999999z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := ParseNumber(s)
		if !ok {
			return
		}
		if again, ok := ParseNumber(n.String()); !ok || again != n {
			t.Errorf("%q is %+v, written %q, read again %+v %v", s, n, n, again, ok)
		}
	})
}

func FuzzReadBuilds(f *testing.F) {
	f.Add(head + "os,build,version,stage,released,source\niOS,19G71,15.6,,2022-07-20,appledb\n")
	f.Add(head + "os,build,version,stage,released,source\nmacOS,21G,12.5,,,notes\n")
	f.Add("# Source: \"x\n")
	f.Fuzz(func(t *testing.T, text string) {
		builds, head, err := ReadBuilds("t.csv", text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "t.csv") {
				t.Errorf("error %q does not begin with the file", err)
			}
			return
		}
		var out bytes.Buffer
		if err := WriteBuilds(&out, head, builds); err != nil {
			t.Fatal(err)
		}
		again, _, err := ReadBuilds("t.csv", out.String())
		if err != nil || len(again) != len(builds) {
			t.Errorf("%d builds written, %d read again: %v\n%s", len(builds), len(again), err, out.String())
		}
	})
}
