package logrow

import (
	"strings"

	"legacyauth/detect"
	"legacyauth/detect/logrow/rawjson"
)

var locationNames = [4]string{"countryorregion", "city"}

// locate reads where a sign-in came from: an object, or text such as
// "City, State, CC" (portal), "City, CC" or "CC".
func (d *Decoder) locate(f *fields, s *detect.SignIn) {
	d.place(f.get(fLocationDetails), s)
	d.place(f.get(fLocation), s)
	if f.set[outer]>>fLocation&1 != 0 {
		d.place(f.values[outer][fLocation], s)
	}
}

// place fills what is still missing.
func (d *Decoder) place(v rawjson.Value, s *detect.SignIn) {
	var country, city string
	if o := d.object(v); o != nil {
		if got, ok := d.pick(o, &locationNames); ok {
			country, city = d.text(got[0]), d.text(got[1])
		}
	} else {
		country = d.text(v)
		if i := strings.LastIndexByte(country, ','); i >= 0 {
			city, _, _ = strings.Cut(country, ",")
			country = country[i+1:]
		}
	}
	if s.Country == "" {
		s.Country = countryCode(strings.TrimSpace(country))
	}
	if s.City == "" {
		s.City = strings.TrimSpace(city)
	}
}

// countryCode gives a two-letter code in capitals, "" for a country's name.
func countryCode(s string) string {
	if len(s) != 2 || !letter(s[0]) || !letter(s[1]) {
		return ""
	}
	return strings.ToUpper(s)
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
