package detect

import (
	"crypto/sha256"
	"encoding/base32"
	"net/netip"
	"strings"
)

// identity is what makes two sign-ins the same client while rows come in; see
// settle for what becomes of it. The operating system's version is left out, so
// an update keeps the client; the network is part of it only where the agent
// names no device.
type identity struct {
	tenant     string
	device     string
	network    string
	registered string // id of the registered device, lower-cased
	user       uint32 // number of the directory id, or of the name without one
	protocol   uint8
}

// key derives a client's public name from its parts: twelve characters of
// base32 over their SHA-256. With 100,000 clients two share a key with a
// probability of about 4 in a billion.
func key(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	sum := base32.StdEncoding.EncodeToString(h.Sum(nil))
	return strings.ToLower(sum[:12])
}

// NetworkOf gives the network that tells unnamed devices apart: the address
// itself for IPv4, the /64 prefix for IPv6, and the text as it stands where it
// is no address. A port and an IPv6 zone are dropped.
func NetworkOf(ip string) string {
	if ip == "" {
		return ""
	}
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		port, perr := netip.ParseAddrPort(ip)
		if perr != nil {
			return ip
		}
		addr = port.Addr()
	}
	if err == nil && addr.Is4() {
		return ip
	}
	addr = addr.Unmap().WithZone("")
	if addr.Is4() {
		return addr.String()
	}
	return netip.PrefixFrom(addr, 64).Masked().String()
}
