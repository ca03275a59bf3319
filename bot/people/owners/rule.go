package owners

import (
	"path"
	"slices"
	"strings"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/storage"
)

// Admins stands for the admins where the address of an owner could stand.
const Admins = "admins"

// Rule routes clients to an owner. A client that every named field matches
// follows it; the first rule that matches counts.
type Rule struct {
	// Users are user names, with * for any letters: "svc-*@contoso.com".
	Users     []string           `yaml:"users"`
	Families  []useragent.Family `yaml:"families"`
	Protocols []detect.Protocol  `yaml:"protocols"`
	// Disabled matches clients whose account is disabled.
	Disabled bool `yaml:"disabled"`
	// Owner is the work address of who answers for them, or Admins.
	Owner string `yaml:"owner"`
}

// Matches says whether a client follows the rule. One without any field matches
// nothing.
func (r Rule) Matches(c *detect.Client) bool {
	if len(r.Users) == 0 && len(r.Families) == 0 && len(r.Protocols) == 0 && !r.Disabled {
		return false
	}
	user := strings.ToLower(c.User.Name)
	return (len(r.Users) == 0 || slices.ContainsFunc(r.Users, func(pattern string) bool { return like(pattern, user) })) &&
		(len(r.Families) == 0 || slices.Contains(r.Families, c.Device.Family)) &&
		(len(r.Protocols) == 0 || slices.Contains(r.Protocols, c.Protocol)) &&
		(!r.Disabled || c.AccountDisabled)
}

func like(pattern, user string) bool {
	ok, err := path.Match(strings.ToLower(pattern), user)
	return err == nil && ok
}

// Valid says whether a pattern of user names can be read.
func Valid(pattern string) bool {
	_, err := path.Match(pattern, "")
	return err == nil && strings.TrimSpace(pattern) != ""
}

// For gives the owner that the rules name for a client; empty: none does.
func For(rules []Rule, c *detect.Client) string {
	for _, r := range rules {
		if r.Matches(c) {
			return strings.ToLower(r.Owner)
		}
	}
	return ""
}

// Route says who is told about a client.
type Route struct {
	// User is the name of the account that is told; empty: nobody by name.
	User string
	// ID is its directory id where it is the client's own user.
	ID string
	// Admins says that it is for the admins.
	Admins bool
	// Why is a sentence.
	Why string
}

// Of gives the route of a client: its stored owner, else what its device and
// account are.
func Of(c *storage.Client) Route {
	switch audience, why := migration.AudienceOf(&c.Client); {
	case audience == migration.ToTrend:
		return Route{Why: why}
	case strings.EqualFold(c.Owner, Admins):
		return Route{Admins: true, Why: "It was given to the admins."}
	case c.Owner != "" && c.Verdict != detect.Leaked && c.Auth.Kind != detect.Token:
		return Route{User: c.Owner, Why: "Somebody answers for it."}
	case audience == migration.ToAdmins:
		return Route{Admins: true, Why: why}
	default:
		return Route{User: c.User.Name, ID: c.User.ID, Why: why}
	}
}
