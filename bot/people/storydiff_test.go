package people_test

import (
	"strings"
	"testing"
)

func indented(mark, text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		b.WriteString(strings.TrimRight(mark+line, " ") + "\n")
	}
	return b.String()
}

// changed writes which lines went and which came, by the longest common
// subsequence.
func changed(before, after string) string {
	old, fresh := strings.Split(before, "\n"), strings.Split(after, "\n")
	long := make([][]int, len(old)+1)
	for i := range long {
		long[i] = make([]int, len(fresh)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for k := len(fresh) - 1; k >= 0; k-- {
			if long[i][k] = max(long[i+1][k], long[i][k+1]); old[i] == fresh[k] {
				long[i][k] = long[i+1][k+1] + 1
			}
		}
	}
	var b strings.Builder
	for i, k := 0, 0; i < len(old) || k < len(fresh); {
		switch {
		case i < len(old) && k < len(fresh) && old[i] == fresh[k]:
			i, k = i+1, k+1
		case i < len(old) && (k == len(fresh) || long[i+1][k] >= long[i][k+1]):
			b.WriteString(strings.TrimRight("  - "+old[i], " ") + "\n")
			i++
		default:
			b.WriteString(strings.TrimRight("  + "+fresh[k], " ") + "\n")
			k++
		}
	}
	return b.String()
}

func TestChanged(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string][3]string{
		"nothing":        {"a\nb", "a\nb", ""},
		"a line":         {"a\nb\nc", "a\nx\nc", "  - b\n  + x\n"},
		"one more":       {"a", "a\nb", "  + b\n"},
		"one less":       {"a\n\nb", "b", "  - a\n  -\n"},
		"in another row": {"a\nb", "b\na", "  - a\n  + a\n"},
	} {
		if got := changed(tc[0], tc[1]); got != tc[2] {
			t.Errorf("%s: %q", name, got)
		}
	}
}
