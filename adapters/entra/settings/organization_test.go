package settings

import "testing"

func TestForeign(t *testing.T) {
	t.Parallel()
	of := func(name string) Exchange { return Exchange{Organization: Known(Organization{Name: name})} }
	domains := Known([]string{"contoso.com", "contoso.onmicrosoft.com", "contosoltd.onmicrosoft.com"})
	for name, tc := range map[string]struct {
		file    Exchange
		domains Fact[[]string]
		foreign bool
	}{
		"its own":                      {of("Contoso.onmicrosoft.com"), domains, false},
		"a second one of its own":      {of("contosoltd.onmicrosoft.com"), domains, false},
		"another's":                    {of("fabrikam.onmicrosoft.com"), domains, true},
		"a name that is no such":       {of("Fabrikam"), domains, false},
		"a name of another cloud":      {of("fabrikam.partner.onmschina.cn"), domains, false},
		"no name":                      {of(""), domains, false},
		"an organization not read":     {Exchange{}, domains, false},
		"domains that cannot be known": {of("fabrikam.onmicrosoft.com"), Fact[[]string]{Why: "refused"}, false},
	} {
		if got := tc.file.Foreign(tc.domains); got != tc.foreign {
			t.Errorf("%s: foreign is %t", name, got)
		}
	}
}

// The domains of a tenant are those that Graph tells, or not known with the reason.
func TestReadDomains(t *testing.T) {
	t.Parallel()
	const path = "/organization?$select=verifiedDomains"
	for name, tc := range map[string]struct {
		graph answers
		known bool
	}{
		"two domains": {answers{path: `{"value":[{"verifiedDomains":[{"name":"contoso.com"},{"name":"contoso.onmicrosoft.com","isInitial":true}]}]}`}, true},
		"none":        {answers{path: `{"value":[{"verifiedDomains":[]}]}`}, false},
		"refused":     {answers{}, false},
	} {
		got := ReadDomains(t.Context(), tc.graph)
		if got.Known != tc.known || tc.known && len(got.Value) != 2 || !tc.known && got.Why == "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
