package useragent

import "strings"

// browsers lists the tokens of web browsers, the more telling first: all of
// them say Mozilla, most say Chrome and nearly all say Safari. A bare WebKit is
// the view that programs on phones sign in with.
var browsers = []rule{
	{product: "monazilla", family: Browser, model: "Monazilla"},
	{product: "edg", family: Browser, model: "Edge"},
	{product: "edga", family: Browser, model: "Edge"},
	{product: "edgios", family: Browser, model: "Edge"},
	{product: "edge", family: Browser, model: "Edge"},
	{product: "opr", family: Browser, model: "Opera"},
	{product: "opera", family: Browser, model: "Opera"},
	{product: "samsungbrowser", family: Browser, model: "Samsung Internet"},
	{product: "vivaldi", family: Browser, model: "Vivaldi"},
	{product: "yabrowser", family: Browser, model: "Yandex Browser"},
	{product: "fxios", family: Browser, model: "Firefox"},
	{product: "firefox", family: Browser, model: "Firefox"},
	{product: "crios", family: Browser, model: "Chrome"},
	{product: "chrome", family: Browser, model: "Chrome"},
	{product: "chromium", family: Browser, model: "Chromium"},
	{product: "msie", family: Browser, model: "Internet Explorer"},
	{product: "trident", family: Browser, model: "Internet Explorer"},
	{product: "safari", family: Browser, model: "Safari"},
	{product: "applewebkit", family: Browser, model: "WebKit"},
}

// readBrowser knows web browsers. Only an agent that begins as browsers do can
// be one.
func readBrowser(a agent) (Device, bool) {
	if !strings.HasPrefix(a.lower, "mozilla/") && !strings.HasPrefix(a.lower, "opera/") && !strings.HasPrefix(a.lower, "monazilla/") {
		return Device{}, false
	}
	for i := range browsers {
		d, ok := browsers[i].read(a)
		if !ok {
			continue
		}
		switch d.Model {
		case "Safari":
			// Safari's own number is that of its engine.
			if at := find(a.lower, "version"); at >= 0 {
				d.Version = versionAt(a.text, at+len("version"))
			}
		case "Internet Explorer":
			if at := find(a.lower, "rv:11.0"); at >= 0 {
				d.Version = "11.0"
			}
		}
		d.Evidence = []string{strings.TrimSpace("agent names " + d.Model + " " + d.Version)}
		return d, true
	}
	return Device{}, false
}
