package useragent

import "strings"

// maxIdentity is the length of the longest identity in bytes: more than any
// listed family and model need.
const maxIdentity = 64

// Identity tells this device from the others of the same user, in lower case:
// the family and the model, never a version, so that an update keeps it. For an
// agent that nobody has listed it is family Unknown with the product token. It
// is empty when the agent names nothing; then only the network a client comes
// from tells it apart.
func (d Device) Identity() string {
	switch {
	case d.Family == ExchangeTranslated, d.Family == "", d.Family == Unknown && d.Model == "":
		return ""
	case d.Model == "":
		return string(d.Family)
	}
	s := string(d.Family) + ":" + strings.ToLower(d.Model)
	if len(s) > maxIdentity {
		s = strings.TrimSpace(strings.ToValidUTF8(s[:maxIdentity], ""))
	}
	return s
}
