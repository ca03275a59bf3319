package signins_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/entra/entratest"
	"legacyauth/detect"
)

// Who signs in from a network is told by successful sign-ins from just there, on
// v1.0 too, which knows no event types.
func TestFromNetwork(t *testing.T) {
	t.Parallel()
	const v4, v6 = "192.0.2.50", "2001:db8:0:7::/64"
	for _, c := range []struct {
		name, network string
		v1            bool
		want          []string
		requests      int
	}{
		{"an address", v4, false, []string{"browser", "outlook"}, 1},
		{"on v1.0", v4, true, []string{"browser"}, 1},
		{"a prefix", v6, false, []string{"six"}, 1},
		{"a prefix that ends in zeros", "2001:db8::/64", false, []string{"short"}, 1},
		{"a prefix with zeros inside", "2001:0:0:7::/64", false, []string{"inside"}, 1},
		{"nobody's", "203.0.113.9", false, nil, 1},
		{"what is no network", "::ffff:zz' or 'a' eq 'a", false, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := start(t, sample(10, 0, 30), nil)
			add := func(id, ip, event string, code int) {
				r, err := entratest.ParseRow(fmt.Appendf(nil, `{"id":%q,"createdDateTime":%q,"clientAppUsed":"Browser","ipAddress":%q,"userPrincipalName":%q,"signInEventTypes":[%q],"status":{"errorCode":%d}}`,
					id, now.Add(-5*time.Hour).Format(time.RFC3339), ip, id+"@contoso.com", event, code))
				if err == nil {
					err = server.Add(entratest.ContosoID, r)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			add("browser", v4, entratest.Interactive, 0)
			add("outlook", v4, entratest.NonInteractive, 0)
			add("failed", v4, entratest.Interactive, 50126)
			add("six", "2001:db8:0:7::1", entratest.Interactive, 0)
			add("another", "2001:db8:0:77::1", entratest.Interactive, 0)
			add("short", "2001:db8::a:b:c:1", entratest.Interactive, 0)
			add("inside", "2001::7:a:b:c:1", entratest.Interactive, 0)
			src := source(t, graph(t, server, nil))
			src.InteractiveOnly = c.v1
			var got []string
			err := src.FromNetwork(context.Background(), c.network, func(batch []detect.SignIn) error {
				for _, s := range batch {
					got = append(got, s.User[:len(s.User)-len("@contoso.com")])
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(got)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("from %s (-want +got):\n%s", c.network, diff)
			}
			if n := len(queries(t, server)); n != c.requests {
				t.Errorf("%d requests, want %d", n, c.requests)
			}
		})
	}
}
