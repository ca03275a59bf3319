package export

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"legacyauth/adapters/export/flow"
)

// TestRowLimit reads rows up to the limit and none beyond it, wherever in a
// buffer they begin.
func TestRowLimit(t *testing.T) {
	t.Parallel()
	const limit = 64 << 10
	small := fmt.Sprintf(one, 1)
	padded := func(size int) string {
		row := strings.TrimSuffix(small, "}") + `,"a":""}`
		return strings.Replace(row, `"a":"`, `"a":"`+strings.Repeat("x", size-len(row)), 1)
	}
	for _, chunk := range []int{1 << 10, 5000, 40 << 10} {
		for _, before := range []int{0, 1, 7, 100, 300} {
			for size, want := range map[int]int{limit - 2: 1, limit + 1: 0, limit + 20<<10: 0, 2*limit - 200: 0} {
				rows := slices.Concat(slices.Repeat([]string{small}, before), []string{padded(size), small})
				for how, text := range map[string]string{
					"lines": strings.Join(rows, "\n") + "\n",
					"array": "[" + strings.Join(rows, ",") + "]",
				} {
					got, r, err := allWith(t, memory("x", []byte(text)), flow.Sizes{Chunk: chunk, Row: limit}, 4<<10)
					if err != nil || len(got) != before+1+want || int(r.Skipped) != 1-want {
						t.Errorf("%s, chunks of %d, %d bytes after %d rows: %d read, %d skipped, %v", how, chunk, size, before, len(got), r.Skipped, err)
					}
				}
			}
		}
	}
}
