package detect

import (
	"testing"

	"legacyauth/detect/useragent"
)

func TestKindOfModernSignIns(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, agent, os string
		want            DeviceKind
	}{
		{"the window of an iPhone", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15", "Ios 17.5", KindIPhone},
		{"of an iPad", "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15", "", KindIPad},
		{"of a Mac", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605", "MacOs", KindMac},
		{"of an Android phone", "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/124", "Android 14", KindAndroid},
		{"of Windows", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/124", "Windows 10", KindWindows},
		{"of Linux", "Mozilla/5.0 (X11; Linux x86_64) Firefox/126", "Linux", KindLinux},
		{"no agent", "", "Ios 17.5", KindIPhone},
		{"an agent that names no device", "python-requests/2.31", "Windows 10", KindWindows},
		{"nothing", "", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := bundled(signIn("1", app("Browser"), agent(c.agent), func(s *SignIn) { s.DeviceOS = c.os }))
			if len(got) != 1 || got[0].Kind != c.want {
				t.Errorf("got %+v, want one bundle of kind %q", got, c.want)
			}
		})
	}
}

func TestKindOfClients(t *testing.T) {
	t.Parallel()
	for d, want := range map[[2]string]DeviceKind{
		{string(useragent.IPod), "iOS"}:              KindIPhone,
		{string(useragent.IPad), "iPadOS"}:           KindIPad,
		{string(useragent.MacMail), "macOS"}:         KindMac,
		{string(useragent.OutlookWindows), ""}:       KindWindows,
		{string(useragent.OutlookMobile), "iOS"}:     KindIPhone,
		{string(useragent.OutlookMobile), "Android"}: KindAndroid,
		{string(useragent.Thunderbird), ""}:          "",
		{string(useragent.ExchangeTranslated), ""}:   "",
	} {
		if got := KindOf(Device{Family: useragent.Family(d[0]), OS: d[1]}); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
