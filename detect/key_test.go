package detect

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestClientIdentity(t *testing.T) {
	t.Parallel()
	eas := app("Exchange ActiveSync")
	cases := []struct {
		name string
		rows []SignIn
		want int
	}{
		{"an update of iOS keeps the client", []SignIn{
			signIn("1", eas, agent("Apple-iPhone12C1/1907.71")), signIn("2", eas, agent("Apple-iPhone12C1/2108.16")),
		}, 1},
		{"two models are two clients", []SignIn{
			signIn("1", eas, agent("Apple-iPhone12C1/1907.71")), signIn("2", eas, agent("Apple-iPhone14C5/1907.71")),
		}, 2},
		{"two registered devices of one model are two clients", []SignIn{
			signIn("1", eas, agent("Apple-iPhone12C1/1907.71"), func(s *SignIn) { s.DeviceID = "d1" }),
			signIn("2", eas, agent("Apple-iPhone12C1/1907.71"), func(s *SignIn) { s.DeviceID = "d2" }),
		}, 2},
		{"a named device keeps its client from network to network", []SignIn{
			signIn("1", eas, agent("Apple-iPhone12C1/1907.71")), signIn("2", eas, agent("Apple-iPhone12C1/1907.71"), from("198.51.100.9")),
		}, 1},
		{"an unnamed device is told apart by its IPv4 address", []SignIn{
			signIn("1"), signIn("2", from("192.0.2.2")),
		}, 2},
		{"an unnamed device keeps its client inside an IPv6 /64", []SignIn{
			signIn("1", from("2001:db8:1:2::1")), signIn("2", from("2001:db8:1:2:ffff::1")),
		}, 1},
		{"two IPv6 /64 are two clients", []SignIn{
			signIn("1", from("2001:db8:1:2::1")), signIn("2", from("2001:db8:1:3::1")),
		}, 2},
		{"the case of BAV2ROPC does not matter", []SignIn{
			signIn("1"), signIn("2", agent("bav2ropc")),
		}, 1},
		{"two protocols are two clients", []SignIn{
			signIn("1"), signIn("2", app("POP3")),
		}, 2},
		{"two spellings of a protocol are one client", []SignIn{
			signIn("1"), signIn("2", app("Other clients; IMAP")),
		}, 1},
		{"the case of a user name does not matter", []SignIn{
			signIn("1", func(s *SignIn) { s.UserID = "" }), signIn("2", func(s *SignIn) { s.UserID, s.User = "", "Ana@Contoso.com" }),
		}, 1},
		{"a row without a directory id joins the one that has it", []SignIn{
			signIn("1", func(s *SignIn) { s.UserID = "" }), signIn("2"),
		}, 1},
		{"a row without a tenant joins the only tenant", []SignIn{
			signIn("1", func(s *SignIn) { s.Tenant, s.HomeTenant = "", "" }), signIn("2"),
		}, 1},
		{"a renamed account keeps its client", []SignIn{
			signIn("1"), signIn("2", func(s *SignIn) { s.User = "ana.silva@contoso.com" }),
		}, 1},
		{"two tenants are two clients", []SignIn{
			signIn("1"), signIn("2", func(s *SignIn) { s.Tenant, s.HomeTenant = "t2", "t2" }),
		}, 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := len(fold(c.rows...).Clients()); got != c.want {
				t.Errorf("got %d clients, want %d", got, c.want)
			}
		})
	}
}

func TestKeysAreStable(t *testing.T) {
	t.Parallel()
	c := only(t, fold(signIn("1")))
	if len(c.Key) != 12 {
		t.Errorf("key %q has %d characters, want 12", c.Key, len(c.Key))
	}
	later := only(t, fold(signIn("9", at(240*time.Hour)), signIn("8", func(s *SignIn) { s.User = "renamed@contoso.com" })))
	if c.Key != later.Key {
		t.Errorf("key changed from %s to %s", c.Key, later.Key)
	}
}

func registered(id string) func(*SignIn) { return func(s *SignIn) { s.DeviceID = id } }

func TestRegisteredDevices(t *testing.T) {
	t.Parallel()
	phone := func(id string, changes ...func(*SignIn)) SignIn {
		return signIn(id, append([]func(*SignIn){app("Exchange ActiveSync"), agent("Apple-iPhone12C1/1907.71")}, changes...)...)
	}
	plain := only(t, fold(phone("1"))).Key
	unnamed := only(t, fold(signIn("1"))).Key
	cases := []struct {
		name    string
		rows    []SignIn
		clients int
		key     string // stands among the keys
	}{
		{"an id on every row is no part of the key", []SignIn{phone("1", registered("d1")), phone("2", registered("d1"))}, 1, plain},
		{"an id on some rows is one client", []SignIn{phone("1"), phone("2", registered("d1")), phone("3")}, 1, plain},
		{"the case of an id does not matter", []SignIn{phone("1", registered("D1")), phone("2", registered("d1"))}, 1, plain},
		{"two ids are two clients", []SignIn{phone("1", registered("d1")), phone("2", registered("d2"))}, 2, ""},
		{"rows without an id beside two ids stay their own", []SignIn{phone("1", registered("d1")), phone("2", registered("d2")), phone("3")}, 3, plain},
		{"two ids of two models are two clients with plain keys", []SignIn{
			phone("1", registered("d1")), phone("2", registered("d2"), agent("Apple-iPhone14C5/1907.71")),
		}, 2, plain},
		{"two ids on rows with and without a directory id", []SignIn{
			phone("1", registered("d1")), phone("2", registered("d2"), byName("ana@contoso.com")),
		}, 2, ""},
		{"an unnamed agent with an id keeps its network", []SignIn{signIn("1", registered("d1")), signIn("2", registered("d1"), from("192.0.2.2"))}, 2, unnamed},
		{"an unnamed agent with an id on some rows", []SignIn{signIn("1", registered("d1")), signIn("2")}, 1, unnamed},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var last []Client
			for range len(c.rows) {
				c.rows = append(c.rows[1:], c.rows[0])
				clients := fold(c.rows...).Clients()
				if len(clients) != c.clients {
					t.Fatalf("got %d clients, want %d", len(clients), c.clients)
				}
				if c.key != "" && !slices.ContainsFunc(clients, func(got Client) bool { return got.Key == c.key }) {
					t.Errorf("no client has the key %s", c.key)
				}
				if diff := cmp.Diff(last, clients); last != nil && diff != "" {
					t.Errorf("clients depend on the order of rows:\n%s", diff)
				}
				last = clients
			}
		})
	}
}

func TestKeysLeaveTheTenantOut(t *testing.T) {
	t.Parallel()
	tenant := func(id string) func(*SignIn) { return func(s *SignIn) { s.Tenant, s.HomeTenant = id, id } }
	for name, account := range map[string]func(*SignIn){"directory id": byID("u-ana"), "user name": byName("ana@contoso.com")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			with := only(t, fold(signIn("1", account, tenant("t1"))))
			without := only(t, fold(signIn("1", account, tenant(""))))
			if with.Key != without.Key {
				t.Error("the key depends on whether the export names the tenant")
			}
			both := fold(signIn("1", account, tenant("t1")), signIn("2", account, tenant("t2"))).Clients()
			if len(both) != 2 || both[0].Key == both[1].Key {
				t.Errorf("two tenants share a client or a key: %+v", both)
			}
		})
	}
}

func TestNetworkOf(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"192.0.2.1":                "192.0.2.1",
		"192.0.2.1:4711":           "192.0.2.1",
		"2001:db8::1":              "2001:db8::/64",
		"[2001:db8::1]:443":        "2001:db8::/64",
		"::ffff:192.0.2.1":         "192.0.2.1",
		"2001:DB8:0:0:1::":         "2001:db8::/64",
		"fe80::1%eth0":             "fe80::/64",
		"":                         "",
		"not an address":           "not an address",
		"2001:db8:1:2:3:4:5:6":     "2001:db8:1:2::/64",
		"192.0.2.01":               "192.0.2.01",
		"::ffff:192.0.2.255":       "192.0.2.255",
		"255.255.255.255":          "255.255.255.255",
		"2001:db8:ffff:ffff::ffff": "2001:db8:ffff:ffff::/64",
	}
	for ip, want := range cases {
		if got := NetworkOf(ip); got != want {
			t.Errorf("NetworkOf(%q) = %q, want %q", ip, got, want)
		}
	}
}
