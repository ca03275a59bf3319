package useragent

import (
	"strconv"
	"strings"
)

// numbering is how an operating system counts its versions.
type numbering struct {
	major func(build int) string      // the version that a major build number stands for, "" when none
	minor func(version string) string // the version without its fix
}

// iosNumbering holds for iPhone OS, iOS and iPadOS. From build 23 on the
// versions are named after years; https://github.com/macadmins/sofa at 00b0d8c,
// read 2026-11-22.
var iosNumbering = numbering{
	major: func(build int) string {
		switch {
		case build >= 23:
			return strconv.Itoa(build + 3)
		case build >= 7:
			return strconv.Itoa(build - 4)
		case build >= 5:
			return "2"
		case build >= 1:
			return "1"
		}
		return ""
	},
	minor: func(version string) string { return firstNumbers(version, 2) },
}

// macNumbering holds for macOS. In 10.15.6 the third number is what the second
// is elsewhere.
var macNumbering = numbering{
	major: func(build int) string {
		switch {
		case build >= 25:
			return strconv.Itoa(build + 1)
		case build >= 20:
			return strconv.Itoa(build - 9)
		case build >= 9:
			return "10." + strconv.Itoa(build-4)
		}
		return ""
	},
	minor: func(version string) string {
		if strings.HasPrefix(version, "10.") {
			return firstNumbers(version, 3)
		}
		return firstNumbers(version, 2)
	},
}

// firstNumbers keeps the first n numbers of a version.
func firstNumbers(version string, n int) string {
	for i := range len(version) {
		if version[i] == '.' {
			if n--; n == 0 {
				return version[:i]
			}
		}
	}
	return version
}
