package export

import (
	"strings"

	"legacyauth/detect"
)

var locationNames = [4]string{"countryorregion", "city"}

// locate reads where a sign-in came from: an object, or text such as
// "City, State, CC" (portal), "City, CC" or "CC".
func (d *decoder) locate(f *fields, s *detect.SignIn) {
	d.place(f.get(fLocationDetails), s)
	d.place(f.get(fLocation), s)
	if f.set[outer]>>fLocation&1 != 0 {
		d.place(f.values[outer][fLocation], s)
	}
}

// place fills what is still missing.
func (d *decoder) place(v value, s *detect.SignIn) {
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

var deviceNames = [4]string{"deviceid", "displayname", "operatingsystem", "browser"}

// device reads deviceDetail. A plain text is taken for the operating system:
// flattened logs write "Windows10-Chrome" there.
func (d *decoder) device(f *fields, s *detect.SignIn) {
	s.DeviceID = d.text(f.get(fDeviceID))
	s.DeviceOS = d.text(f.get(fOS))
	s.Browser = d.text(f.get(fBrowser))
	v := f.get(fDevice)
	o := d.object(v)
	if o == nil {
		if s.DeviceOS == "" {
			s.DeviceOS = d.text(v)
		}
		return
	}
	if got, ok := d.pick(o, &deviceNames); ok {
		s.DeviceID, s.DeviceName = d.text(got[0]), d.text(got[1])
		s.DeviceOS, s.Browser = d.text(got[2]), d.text(got[3])
	}
}

var policyNames = [4]string{"result", "displayname", "id"}

// reportOnly names the report-only policies that would have stopped the
// sign-in; a policy without a display name is named by its id.
func (d *decoder) reportOnly(v value) []string {
	array := d.array(v)
	if array == nil {
		return nil
	}
	var names []string
	elements(array, func(element value) bool {
		if element.kind != vObject {
			return true
		}
		got, ok := d.pick(element.raw, &policyNames)
		if !ok || !is(d.bytes(got[0]), "reportonlyfailure") {
			return true
		}
		name := d.text(got[1])
		if name == "" {
			name = d.text(got[2])
		}
		if name != "" {
			names = append(names, name)
		}
		return true
	})
	return names
}
