package detect

import (
	"crypto/sha256"
	"encoding/base32"
	"net/netip"
	"strings"
)

// identity is what makes two sign-ins the same client. The operating system's
// version is left out, so an update keeps the client; a registered device's id
// is part of it, so a second phone of the same model is a second client; the
// network is part of it only where nothing names the device.
type identity struct {
	tenant   string
	user     string // directory id, or the user name where the log gives none
	protocol Protocol
	device   string
	network  string
}

// key derives the client's public name: twelve characters of base32 over a
// SHA-256 of the identity. With 100,000 clients two share a key with a
// probability of about 4 in a billion.
func (id identity) key() string {
	h := sha256.New()
	for _, part := range []string{id.tenant, id.user, string(id.protocol), id.device, id.network} {
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
