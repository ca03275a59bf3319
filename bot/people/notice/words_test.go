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
			"From: Lisboa, Portugal (address 192.0.2.7; the place is a guess from the address and can be a city or two off)",
		},
		{
			"de", network("PT", "Lisboa"), "etwas, das Ihre E-Mails über IMAP liest, von einer Adresse in oder bei Lisboa",
			"Von: Lisboa, Portugal (Adresse 192.0.2.7; der Ort ist aus der Adresse geschätzt und kann ein, zwei Städte danebenliegen)",
		},
		{
			"fr", network("DE", "Berlin"), "quelque chose qui lit vos e-mails par IMAP, depuis une adresse (Berlin ou environs)",
			"Depuis: Berlin, Allemagne (adresse 192.0.2.7 ; le lieu est estimé d’après l’adresse et peut être à une ville ou deux de là)",
		},
		{
			"es", network("DE", "Berlin"), "algo que lee su correo por IMAP, desde una dirección en Berlin o cerca",
			"Desde: Berlin, Alemania (dirección 192.0.2.7; el lugar se estima a partir de la dirección y puede estar a una o dos ciudades de allí)",
		},
		{
			"pt", network("DE", "Berlin"), "algo que lê seus e-mails por IMAP, de um endereço em Berlin ou perto dali",
			"De: Berlin, Alemanha (endereço 192.0.2.7; o lugar é estimado a partir do endereço e pode estar a uma ou duas cidades dali)",
		},
		{"en", network("US", ""), "something that reads your mail by IMAP, from an address in the United States", "From: the United States (address 192.0.2.7)\n"},
		{"en", network("", ""), "something that reads your mail by IMAP, from the address 192.0.2.7", "From: 192.0.2.7\n"},
		{
			"en", network("PT", "{address} <@U1>\n\u202e[x](https://evil.example)"), "in or near {address} <@U1> [x](https://evil.example)",
			"From: {address} <@U1> [x](https://evil.example), Portugal (address 192.0.2.7; the place is",
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
