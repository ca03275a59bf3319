package notice_test

import (
	"strings"
	"testing"

	"legacyauth/bot/people/notice"
)

// TestAMailHasTheColonOfItsLanguage holds that French has a space before each.
func TestAMailHasTheColonOfItsLanguage(t *testing.T) {
	t.Parallel()
	library, languages := fixture(t)
	for code, want := range map[string]string{"fr": "- Compte : max@contoso.com", "de": "- Konto: max@contoso.com", "en": "- Account: max@contoso.com"} {
		_, body := notice.Mail(priyas(languages.For(code), scenes(library)["leaver"]))
		if !strings.Contains(body, want) || code == "fr" && strings.Contains(body, "Compte:") {
			t.Errorf("%s: no %q in:\n%s", code, want, body)
		}
	}
}
