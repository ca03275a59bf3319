package useragent

import (
	"fmt"
	"strings"
	"testing"

	"legacyauth/detect/useragent/data"
)

func TestTablesDecode(t *testing.T) {
	t.Parallel()
	if err := Check(); err != nil {
		t.Fatal(err)
	}
}

// exchangeForm writes a build as Exchange does; it is the table's way into an
// agent and knows nothing of the way out.
func exchangeForm(n data.Number) string {
	s := fmt.Sprintf("%d%02d.%d", n.Major, n.Letter-'A'+1, n.Count)
	if n.Suffix != 0 {
		s += fmt.Sprintf("000%02d", n.Suffix-'a'+1)
	}
	return s
}

// TestEveryBuildDecodes sends each row of the build table through an agent and
// back. What the table lists for a system, the agent of its device must give.
func TestEveryBuildDecodes(t *testing.T) {
	t.Parallel()
	builds, _, err := data.AppleBuilds()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range builds {
		device := "iPhone12C1"
		if b.OS == "iPadOS" {
			device = "iPad13C18"
		}
		agent := "Apple-" + device + "/" + exchangeForm(b.Number)
		if d := Decode(agent); d.Version != b.Version || d.Confidence != Certain {
			t.Errorf("%s (%s %s) is %q %s, want %q certain; evidence %q", agent, b.OS, b.Number, d.Version, d.Confidence, b.Version, d.Evidence)
		}
	}
	if len(builds) < 1100 {
		t.Errorf("the table has %d builds, want at least the 1,100 it had when it was made", len(builds))
	}
}

// TestEveryModelDecodes sends each row of the model table through an agent.
func TestEveryModelDecodes(t *testing.T) {
	t.Parallel()
	models, _, err := data.AppleModels()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range models {
		d := Decode("Apple-" + strings.Replace(m.Identifier, ",", "C", 1) + "/1907.71")
		if d.Model != m.Name {
			t.Errorf("%s is %q, want %q", m.Identifier, d.Model, m.Name)
		}
		if family := Family(strings.ToLower(strings.TrimRight(m.Identifier, "0123456789,"))); d.Family != family {
			t.Errorf("%s has family %s, want %s", m.Identifier, d.Family, family)
		}
	}
}

// TestEveryMacBuildDecodes sends each row through the agent of a Mac that gives
// no version; a row for a whole letter answers for a build nobody has listed.
func TestEveryMacBuildDecodes(t *testing.T) {
	t.Parallel()
	builds, _, err := data.MacBuilds()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range builds {
		number, want, confidence := b.Number, b.Version, Certain
		if number.Count == 0 {
			number.Count, confidence = 1, Likely
			want = macNumbering.minor(b.Version)
		}
		d := Decode("macOS (" + number.String() + ") exchangesyncd/93.1")
		if d.Version != want || d.Confidence != confidence {
			t.Errorf("%s is %q %s, want %q %s", number, d.Version, d.Confidence, want, confidence)
		}
	}
}

// TestMajorRule holds for builds whose letter no table has.
func TestMajorRule(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		how   numbering
		build int
		want  string
	}{
		{iosNumbering, 0, ""},
		{iosNumbering, 1, "1"},
		{iosNumbering, 4, "1"},
		{iosNumbering, 5, "2"},
		{iosNumbering, 7, "3"},
		{iosNumbering, 8, "4"},
		{iosNumbering, 15, "11"},
		{iosNumbering, 16, "12"},
		{iosNumbering, 19, "15"},
		{iosNumbering, 22, "18"},
		{iosNumbering, 23, "26"},
		{iosNumbering, 24, "27"},
		{macNumbering, 8, ""},
		{macNumbering, 15, "10.11"},
		{macNumbering, 18, "10.14"},
		{macNumbering, 19, "10.15"},
		{macNumbering, 20, "11"},
		{macNumbering, 24, "15"},
		{macNumbering, 25, "26"},
		{macNumbering, 26, "27"},
	} {
		if got := tt.how.major(tt.build); got != tt.want {
			t.Errorf("build %d is %q, want %q", tt.build, got, tt.want)
		}
	}
}

// TestMajorRuleAgreesWithTable compares the rule with every release the table
// has: a new numbering scheme shows here first.
func TestMajorRuleAgreesWithTable(t *testing.T) {
	t.Parallel()
	builds, _, err := data.AppleBuilds()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range builds {
		if got, want := iosNumbering.major(b.Number.Major), firstNumbers(b.Version, 1); b.Stage == "" && got != want {
			t.Errorf("build %s: the rule says %s, the table %s", b.Number, got, b.Version)
		}
	}
}

func TestFromExchange(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, want string }{
		{"1907.71", "19G71"},
		{"705.018", "7E18"},
		{"807.4", "8G4"},
		{"508.1100001", "5H11a"},
		{"508.01100001", "5H11a"},
		{"803.14800001", "8C148a"},
		{"901.528800004", "9A5288d"},
		{"801.23000013", "8A230m"},
		{"2401.539000006", "24A5390f"},
		{"2005.77252000003", "20E772520c"},
		{"1907.00001", "19G1"},
		{"1907.71 rest", "19G71"},
		{"1907.71000", "19G71000"},
		{"1927.1", ""},
		{"1900.1", ""},
		{"1907", ""},
		{"1907.", ""},
		{"07.71", ""},
		{"0007.71", ""},
		{"19O7.71", ""},
		{"11907.71", ""},
		{".71", ""},
		{"", ""},
		{"1907.0", ""},
		{"1907.99999999999", ""},
	} {
		n, ok := fromExchange(tt.in)
		got := ""
		if ok {
			got = n.String()
		}
		if got != tt.want {
			t.Errorf("fromExchange(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
