package playbooks

import "testing"

func TestVersions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		bounds, version string
		want            bool
	}{
		{">=15.6", "15.6", true},
		{">=15.6", "15.10", true},
		{">=15.6", "15.5.9", false},
		{">=15.6", "26.1", true},
		{">=15.6", "15.6.1 (19G82)", true},
		{">=12 <15.6", "12", true},
		{">=12 <15.6", "15.6", false},
		{">=12 <15.6", "11.4.1", false},
		{">=15 <16", "15.0.4420", true},
		{"<15", "14.0.6106", true},
		{">15", "15.0.0", false},
		{"=15.6", "15.6.0", true},
		{"<=15.6", "15.6.1", false},
		{">=15.6", "15", false},
		{"<15.6", "15", false},
		{">=15", "15", true},
		{"<16", "15", true},
		{">=15.6", "", false},
		{">=15.6", "beta", false},
		{">=15.6", "99999999999999999999.1", false},
	}
	for _, tt := range tests {
		v, err := parseVersions(tt.bounds)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Match(tt.version); got != tt.want {
			t.Errorf("%q matches %q: %v, want %v", tt.bounds, tt.version, got, tt.want)
		}
	}
	if !(Versions{}).Match("") {
		t.Error("a range without bounds does not match a version that is not known")
	}
}
