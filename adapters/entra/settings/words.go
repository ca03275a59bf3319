package settings

import (
	"fmt"
	"slices"
	"strings"
)

// counted says a number with the right noun: "1 client", "2 clients".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// few names at most five things and says how many more there are.
func few(list []string) string {
	const most = 5
	list = slices.Sorted(slices.Values(list))
	if len(list) <= most {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(list[:most], ", "), len(list)-most)
}
