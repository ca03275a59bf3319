package playbooks_test

import (
	"strings"
	"testing"

	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
)

func TestTypable(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"ana@contoso.com":                    true,
		"a.b-c_d+e@contoso.com":              true,
		"9ana@contoso.com":                   true,
		"":                                   false,
		"-WhatIf":                            false,
		"x; rm@contoso.com":                  false,
		"ana@contoso.com\n":                  false,
		"$(x)@contoso.com":                   false,
		"o'brien@contoso.com":                false,
		"a`b@contoso.com":                    false,
		"änne@contoso.com":                   false,
		strings.Repeat("a", card.MaxValue):   true,
		strings.Repeat("a", card.MaxValue+1): false,
	} {
		if got := playbooks.Typable(name); got != want {
			t.Errorf("%q: %t", name, got)
		}
	}
}
