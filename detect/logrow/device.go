package logrow

import "legacyauth/detect"

var deviceNames = [4]string{"deviceid", "displayname", "operatingsystem", "browser"}

// device reads deviceDetail. A plain text is taken for the operating system:
// flattened logs write "Windows10-Chrome" there.
func (d *Decoder) device(f *fields, s *detect.SignIn) {
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
