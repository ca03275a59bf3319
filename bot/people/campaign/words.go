package campaign

import (
	"fmt"
	"slices"
	"strings"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// Words says what a campaign is about: protocols, devices, verdicts and, where it
// is not everybody's, whose clients.
func (c Choice) Words() string {
	protocols, families, verdicts := "every protocol", "every device", "every verdict"
	if len(c.Protocols) > 0 {
		names := make([]string, len(c.Protocols))
		for i, p := range c.Protocols {
			names[i] = p.Name()
		}
		protocols = strings.Join(names, ", ")
	}
	if len(c.Families) > 0 {
		families = joined("only devices of the kind ", c.Families)
	}
	if len(c.Verdicts) > 0 {
		verdicts = joined("only the verdict ", c.Verdicts)
	}
	whose := "everybody's"
	switch {
	case c.Group != "":
		whose = "of group " + c.Group
	case len(c.Users) == 1:
		whose = "of 1 user"
	case c.Users != nil:
		whose = fmt.Sprintf("of %d users", len(c.Users))
	}
	return strings.Join([]string{protocols, families, verdicts, whose}, "; ")
}

func joined[T ~string](before string, list []T) string {
	names := make([]string, len(list))
	for i, v := range list {
		names[i] = string(v)
	}
	return before + strings.Join(names, " or ")
}

// ByName lets a campaign's name choose where nothing else says what it is about:
// one that is called smtp is about SMTP AUTH, one that is called iphone about
// iPhones. It says whether the name chose.
func (c *Choice) ByName(name string) bool {
	if len(c.Protocols)+len(c.Families)+len(c.Verdicts) > 0 {
		return false
	}
	name = strings.ToLower(name)
	protocol, family := detect.Protocol(name), useragent.Family(name)
	switch {
	case protocol == detect.Other || protocol == detect.Unknown:
		return false // words that a campaign may be called for any reason
	case slices.Contains(detect.Protocols(), protocol):
		c.Protocols = []detect.Protocol{protocol}
	case family.Valid():
		c.Families = []useragent.Family{family}
	default:
		return false
	}
	return true
}
