package chat

import "strings"

// Flags undoes, in the words of a command, what chat programs make of two hyphens,
// and splits --name=value.
func Flags(words []string) []string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		for _, dash := range []string{"\u2014", "\u2013"} { // em dash, en dash
			if rest, ok := strings.CutPrefix(w, dash); ok {
				w = "--" + strings.TrimLeft(rest, "-")
			}
		}
		if name, value, ok := strings.Cut(w, "="); ok && strings.HasPrefix(w, "--") {
			out = append(out, name, value)
			continue
		}
		out = append(out, w)
	}
	return out
}
