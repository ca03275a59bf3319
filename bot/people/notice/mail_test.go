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
	for code, want := range map[string]string{"fr": "- Appareil : iPhone 11, iOS 14.8", "de": "- Gerät: iPhone 11, iOS 14.8", "en": "- Device: iPhone 11, iOS 14.8"} {
		_, body := notice.Mail(priyas(languages.For(code), scenes(library)["phone"]))
		if !strings.Contains(body, want) || code == "fr" && strings.Contains(body, "Appareil:") {
			t.Errorf("%s: no %q in:\n%s", code, want, body)
		}
	}
}
