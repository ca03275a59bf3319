package terminal

import (
	"os"
	"path/filepath"
	"testing"
)

func TestDetectFile(t *testing.T) {
	t.Parallel()
	f, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if got := Detect(f, []string{"TERM=xterm-256color"}); got.Width != 0 || got.Color || got.Typed != nil {
		t.Errorf("a file gets %+v, want nothing", got)
	}
}

func TestColorful(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		environ []string
		system  string
		want    bool
	}{
		"usual":                  {[]string{"TERM=xterm"}, "linux", true},
		"nothing set":            {nil, "linux", true},
		"NO_COLOR":               {[]string{"TERM=xterm", "NO_COLOR=1"}, "linux", false},
		"NO_COLOR is empty":      {[]string{"TERM=xterm", "NO_COLOR="}, "linux", true},
		"dumb terminal":          {[]string{"TERM=dumb"}, "linux", false},
		"Windows Terminal":       {[]string{"WT_SESSION=1"}, "windows", true},
		"old console of Windows": {nil, "windows", false},
		"Windows with NO_COLOR":  {[]string{"WT_SESSION=1", "NO_COLOR=1"}, "windows", false},
		"the last of two counts": {[]string{"NO_COLOR=1", "NO_COLOR="}, "linux", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := colorful(tt.environ, tt.system); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestColumns(t *testing.T) {
	t.Parallel()
	tests := map[string]int{
		"": 0, "abc": 3, "e\u0301": 1, "東京": 4, "ＡＢ": 4, "ｱｲ": 2, "👩🏽\u200d💻": 2, "🇩🇪": 2, "שלום": 4, "…": 1,
	}
	for in, want := range tests {
		if got := columns(in); got != want {
			t.Errorf("columns(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestShorten(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in    string
		limit int
		want  string
	}{
		{"abc", 3, "abc"},
		{"abcd", 3, "ab…"},
		{"東京都", 5, "東京…"},
		{"東京都", 4, "東…"},
		{"ab cd", 4, "ab…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
		{"abc", 1, "…"},
		{"abc", 0, ""},
	}
	for _, tt := range tests {
		if got := paint(shorten([]piece{{text: tt.in}}, tt.limit), false); got != tt.want {
			t.Errorf("shorten(%q, %d) = %q, want %q", tt.in, tt.limit, got, tt.want)
		}
	}
}
