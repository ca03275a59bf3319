package tables

import (
	"slices"
	"strings"
	"unicode"
)

// foreign says whether a header without the columns of a sign-in log looks like
// a portal's in another language: its names have letters that English has not, or
// give a time's zone as the portal does in every language.
func (h header) foreign() bool {
	return slices.ContainsFunc(h, func(name string) bool {
		return strings.HasSuffix(name, " (utc)") && name != "date (utc)" ||
			strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) })
	})
}

func notEnglish() *Refusal {
	return &Refusal{
		What:    otherLanguage,
		Instead: "the portal's headers must be English: switch the portal's language and download again",
	}
}
