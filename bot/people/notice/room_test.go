package notice

import (
	"testing"

	"legacyauth/playbooks/card"
)

func TestFirstSentence(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ text, want string }{
		"one":              {"Set the device up with OAuth. On its page choose it.", "Set the device up with OAuth."},
		"alone":            {"Check the three settings.", "Check the three settings."},
		"asks":             {"Is it yours? Compare the networks. Then go on.", "Is it yours? Compare the networks."},
		"asks alone":       {"Is it yours?", "Is it yours?"},
		"a number":         {"Use port 25. Port 465 does not work. Then save.", "Use port 25. Port 465 does not work."},
		"an abbreviation":  {"Nehmen Sie z. B. Konto Eins, und zwar bald. Dann weiter.", "Nehmen Sie z. B. Konto Eins, und zwar bald."},
		"a bracket":        {"Open the page (the first one). Then sign in.", "Open the page (the first one)."},
		"in another style": {"¿Es suyo? Compare las redes. ¿Y ahora?", "¿Es suyo? Compare las redes."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			half := len(tc.text) / 3
			spans := []card.Span{card.Text(tc.text[:half]), card.Bold(tc.text[half:])}
			if got := card.Plainly(sentence(spans)); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}
