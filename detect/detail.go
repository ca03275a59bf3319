package detect

import (
	"strings"

	"legacyauth/detect/useragent"
)

// detail is what a log's device detail says, for rows without an agent.
type detail struct {
	browser, os string
	iPad        bool
}

// detailOf takes from a row what names its device.
func detailOf(s *SignIn) detail {
	return detail{
		browser: s.Browser, os: s.DeviceOS,
		iPad: s.DeviceName != "" && strings.Contains(strings.ToLower(s.DeviceName), "ipad"),
	}
}

// device names a device from deviceDetail where the log has no agent at all, as
// older rows do ("Microsoft Office 15.0" as the browser).
func (d detail) device() Device {
	if d.browser != "" {
		if named := useragent.Decode(officeAgent(d.browser)); named.Named() && named.Family != useragent.Browser {
			named.Confidence = useragent.Likely
			named.Evidence = []string{"the log's device detail names " + string(named.Family)}
			return named
		}
	}
	family, os := useragent.Unknown, ""
	switch o := strings.ToLower(d.os); {
	case strings.HasPrefix(o, "ios"):
		family, os = useragent.IPhone, "iOS"
		if d.iPad {
			family, os = useragent.IPad, "iPadOS"
		}
	case strings.HasPrefix(o, "ipados"):
		family, os = useragent.IPad, "iPadOS"
	case strings.HasPrefix(o, "android"):
		family, os = useragent.Android, "Android"
	}
	if family == useragent.Unknown {
		return useragent.Decode("")
	}
	return Device{Family: family, OS: os, Confidence: useragent.Likely, Evidence: []string{"the log's device detail names " + os}}
}

// officeAgent turns "Microsoft Office 15.0" into the agent it was cut from.
func officeAgent(browser string) string {
	if v, ok := strings.CutPrefix(browser, "Microsoft Office "); ok {
		return "Microsoft Office/" + v
	}
	return browser
}
