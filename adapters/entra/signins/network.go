package signins

import (
	"context"
	"fmt"
	"io"
	"net/netip"
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
	q := query{span: s.asked(s.Now()), network: from, interactiveOnly: s.InteractiveOnly, top: networkPage}
	var rows []detect.SignIn
	err := s.ask(ctx, q.path(), false, func() {}, func(body io.Reader) error {
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
// that the service's addresses may begin with.
func fromNetwork(network string) (string, bool) {
	if addr, err := netip.ParseAddr(network); err == nil {
		return "ipAddress eq '" + addr.String() + "'", true
	}
	prefix, err := netip.ParsePrefix(network)
	if err != nil || !prefix.Addr().Is6() {
		return "", false
	}
	var starts []string
	for _, start := range written(prefix.Addr().As16()) {
		starts = append(starts, "startsWith(ipAddress,'"+start+"')")
	}
	if len(starts) == 1 {
		return starts[0], true
	}
	return "(" + strings.Join(starts, " or ") + ")", true
}

// written gives the ways in which the addresses of a /64 can begin: its four
// groups, or with one run of zeros among them written as two colons. At the end
// a single zero may be part of a run that goes on behind it.
// https://www.rfc-editor.org/rfc/rfc5952#section-4.2
func written(address [16]byte) []string {
	var groups []string
	for i := 0; i < 8; i += 2 {
		groups = append(groups, fmt.Sprintf("%x", int(address[i])<<8|int(address[i+1])))
	}
	starts := []string{strings.Join(groups, ":") + ":"}
	for i := 0; i < len(groups); i++ {
		end := i
		for end < len(groups) && groups[end] == "0" {
			end++
		}
		before, after := strings.Join(groups[:i], ":"), strings.Join(groups[end:], ":")
		switch {
		case end == len(groups) && end > i:
			starts = append(starts, before+"::")
		case end-i >= 2:
			starts = append(starts, before+"::"+after+":")
		}
		i = max(i, end)
	}
	return starts
}
