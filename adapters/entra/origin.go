package entra

import (
	"net/url"
	"strings"
)

// origin is scheme, host and port of an address, in the form in which two can be
// compared.
type origin string

// originOf gives "" for an address without a scheme or host.
func originOf(u *url.URL) origin {
	if u == nil || u.Scheme == "" || u.Hostname() == "" {
		return ""
	}
	scheme, port := strings.ToLower(u.Scheme), u.Port()
	if port == "" {
		switch scheme {
		case "https":
			port = "443"
		case "http":
			port = "80"
		}
	}
	return origin(scheme + "://" + strings.ToLower(u.Hostname()) + ":" + port)
}

// hostOf is the host, with its port if it is named, of an address known to be
// one.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
