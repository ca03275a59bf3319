package signins

import (
	"context"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"strings"

	"legacyauth/detect"
)

// networkPage is how many sign-ins of one network are looked at: enough to see
// whether people work there.
const networkPage = 200

// FromNetwork gives successful sign-ins of any kind that came from a network
// inside the window, at most one page, newest first. A scan that asks for
// legacy sign-ins only uses it to tell a forgotten device at work from a
// guesser. A network is an address or an IPv6 prefix, as detect.NetworkOf writes
// it; what is neither gives nothing.
func (s *Source) FromNetwork(ctx context.Context, network string, sink func([]detect.SignIn) error) error {
	if err := s.validate(); err != nil {
		return err
	}
	from, ok := fromNetwork(network)
	if !ok {
		return nil
	}
	asked := s.asked(s.Now())
	filter := fmt.Sprintf("createdDateTime ge %s and createdDateTime lt %s and signInEventTypes/any(t: t eq 'interactiveUser' or t eq 'nonInteractiveUser') and %s and status/errorCode eq 0",
		instant(asked.from), instant(asked.to), from)
	address := fmt.Sprintf("/auditLogs/signIns?$top=%d&$filter=%s", networkPage, strings.ReplaceAll(url.QueryEscape(filter), "+", "%20"))
	var rows []detect.SignIn
	err := s.ask(ctx, address, false, func() {}, func(body io.Reader) error {
		rows = rows[:0]
		_, err := readPage(body, func(raw []byte) error {
			var row detect.SignIn
			if s.Decode(raw, &row) == nil && detect.NetworkOf(row.IP) == network {
				rows = append(rows, row)
			}
			return nil
		})
		return err
	})
	if err != nil {
		return fmt.Errorf("look up who signs in from a network: %w", err)
	}
	return sink(rows)
}

// fromNetwork is the condition for a network. A prefix is compared by the text
// of its first four groups, as the service writes addresses.
func fromNetwork(network string) (string, bool) {
	if addr, err := netip.ParseAddr(network); err == nil {
		return "ipAddress eq '" + addr.String() + "'", true
	}
	prefix, err := netip.ParsePrefix(network)
	if err != nil || !prefix.Addr().Is6() {
		return "", false
	}
	bytes := prefix.Addr().As16()
	var groups []string
	for i := 0; i < 8; i += 2 {
		groups = append(groups, fmt.Sprintf("%x", int(bytes[i])<<8|int(bytes[i+1])))
	}
	return "startsWith(ipAddress,'" + strings.Join(groups, ":") + ":')", true
}
