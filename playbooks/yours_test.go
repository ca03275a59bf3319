package playbooks

import (
	"testing"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

func TestYours(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		device detect.Device
		want   string
	}{
		"model and version":     {detect.Device{Family: useragent.IPhone, Model: "iPhone 12 mini", OS: "iOS", Version: "17.6.1"}, "your iPhone 12 mini (iOS 17.6.1)"},
		"model only":            {detect.Device{Family: useragent.IPhone, Model: "iPhone 11"}, "your iPhone 11"},
		"nothing but the kind":  {detect.Device{Family: useragent.IPad, OS: "iPadOS"}, "your iPad"},
		"model without a name":  {detect.Device{Family: useragent.IPhone, Model: "iPhone99,9", OS: "iOS", Version: "27"}, "your iPhone (iPhone99,9, iOS 27)"},
		"Android":               {detect.Device{Family: useragent.Android, Model: "SM-A515F", OS: "Android", Version: "11"}, "your Android phone (SM-A515F, Android 11)"},
		"Android without model": {detect.Device{Family: useragent.Android}, "your Android phone"},
		"Mac":                   {detect.Device{Family: useragent.MacMail, OS: "macOS", Version: "14.5"}, "your Mac (macOS 14.5)"},
		"Outlook for Mac":       {detect.Device{Family: useragent.OutlookMac, Model: "Outlook for Mac"}, "your Mac"},
		"Outlook for Windows":   {detect.Device{Family: useragent.OutlookWindows, Model: "Outlook 2013"}, "your computer"},
		"Outlook on a phone":    {detect.Device{Family: useragent.OutlookMobile}, "your phone"},
		"a mail program":        {detect.Device{Family: useragent.MailApp, Model: "eM Client"}, "your device"},
		"nothing known":         {detect.Device{}, "your device"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := yours(tt.device); got != tt.want {
				t.Errorf("yours is %q, want %q", got, tt.want)
			}
		})
	}
}
