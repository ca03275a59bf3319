package notice_test

import (
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/notice"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks/language"
)

func network(country, city string) []detect.Network {
	return []detect.Network{{Address: "192.0.2.7", Country: country, Count: 3, City: city}}
}

// TestWhereIsSaidAsAGuess holds that whoever reads of a city reads that it is a
// guess, and that nothing is guessed where the log names none.
func TestWhereIsSaidAsAGuess(t *testing.T) {
	t.Parallel()
	library, languages := fixture(t)
	p, _ := library.ByID("find-the-device")
	for _, tc := range []struct {
		locale       string
		networks     []detect.Network
		device, from string
	}{
		{
			"en", network("PT", "Lisboa"), "something that reads your mail by IMAP, from an address in or near Lisboa",
			"From: Lisboa, Portugal (guessed from the address 192.0.2.7; can be a city or two off)",
		},
		{
			"de", network("PT", "Lisboa"), "etwas, das Ihre E-Mails über IMAP liest, von einer Adresse in oder bei Lisboa",
			"Von: Lisboa, Portugal (geschätzt aus der Adresse 192.0.2.7, auf ein, zwei Städte genau)",
		},
		{
			"fr", network("DE", "Berlin"), "quelque chose qui lit vos e-mails par IMAP, depuis une adresse (Berlin ou environs)",
			"Depuis: Berlin, Allemagne (estimé d’après l’adresse 192.0.2.7, à une ville ou deux près)",
		},
		{
			"es", network("DE", "Berlin"), "algo que lee su correo por IMAP, desde una dirección en Berlin o cerca",
			"Desde: Berlin, Alemania (estimado según la dirección 192.0.2.7, con un margen de una o dos ciudades)",
		},
		{
			"pt", network("DE", "Berlin"), "algo que lê seus e-mails por IMAP, de um endereço em Berlin ou perto dali",
			"De: Berlin, Alemanha (estimado pelo endereço 192.0.2.7, com margem de uma ou duas cidades)",
		},
		{"en", network("US", ""), "something that reads your mail by IMAP, from an address in the United States", "From: the United States (address 192.0.2.7)\n"},
		{"en", network("", ""), "something that reads your mail by IMAP, from the address 192.0.2.7", "From: 192.0.2.7\n"},
		{
			"en", network("PT", "{address} <@U1>\n\u202e[x](https://evil.example)"), "in or near {address} <@U1> [x](https://evil.example)",
			"From: {address} <@U1> [x](https://evil.example), Portugal (guessed from the address 192.0.2.7;",
		},
	} {
		t.Run(tc.locale+" "+tc.networks[0].Country+" "+tc.networks[0].City, func(t *testing.T) {
			t.Parallel()
			c := clientFor(library, p, "k7f3q2m9x4ab")
			c.Device, c.Protocol, c.Networks = useragent.Device{Family: useragent.ExchangeTranslated}, detect.IMAP, tc.networks
			text := chat.Plain(notice.Card(view(languages.For(tc.locale), c)))
			for _, want := range []string{tc.device, tc.from} {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in:\n%s", want, text)
				}
			}
		})
	}
}

// TestEveryLanguageSaysItOnce holds that a message says once of each device that
// places are guesses.
func TestEveryLanguageSaysItOnce(t *testing.T) {
	t.Parallel()
	library, languages := fixture(t)
	p, _ := library.ByID("find-the-device")
	for _, code := range language.Codes() {
		l := languages.For(code)
		one, two := clientFor(library, p, "k7f3q2m9x4ab"), clientFor(library, p, "k8f3q2m9x4ab")
		one.Networks, two.Networks = network("PT", "Lisboa"), network("PT", "Lisboa")
		said := l.Say("place.guessed", "place", l.City("Lisboa", "PT"), "address", "192.0.2.7")
		if n := strings.Count(chat.Plain(notice.Card(view(l, one, two))), said); n != 1 {
			t.Errorf("%s: said %d times: %q", code, n, said)
		}
	}
}
