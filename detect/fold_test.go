package detect

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect/useragent"
)

var monday = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// signIn is a legacy sign-in that succeeded; the changes make it another.
func signIn(id string, changes ...func(*SignIn)) SignIn {
	s := SignIn{
		ID: id, Tenant: "t1", HomeTenant: "t1", Time: monday,
		UserID: "u-ana", User: "ana@contoso.com", UserType: "member",
		ClientApp: "IMAP4", AuthProtocol: "ropc", Agent: "BAV2ROPC",
		App: "Office 365 Exchange Online", IP: "192.0.2.1", Country: "PT",
		Result: Result{Known: true}, Event: NonInteractive,
	}
	for _, change := range changes {
		change(&s)
	}
	return s
}

func code(c int) func(*SignIn)        { return func(s *SignIn) { s.Result.Code = c } }
func from(ip string) func(*SignIn)    { return func(s *SignIn) { s.IP = ip } }
func agent(a string) func(*SignIn)    { return func(s *SignIn) { s.Agent = a } }
func app(a string) func(*SignIn)      { return func(s *SignIn) { s.ClientApp = a } }
func caStatus(v string) func(*SignIn) { return func(s *SignIn) { s.CAStatus = v } }
func at(d time.Duration) func(*SignIn) {
	return func(s *SignIn) { s.Time = monday.Add(d) }
}

func user(name string) func(*SignIn) {
	return func(s *SignIn) { s.User, s.UserID = name+"@contoso.com", "u-"+name }
}

func fold(rows ...SignIn) *Fold {
	f := NewFold(Window{})
	for i := range rows {
		f.Add(&rows[i])
	}
	return f
}

func only(t *testing.T, f *Fold) Client {
	t.Helper()
	clients := f.Clients()
	if len(clients) != 1 {
		t.Fatalf("got %d clients, want 1: %+v", len(clients), clients)
	}
	return clients[0]
}

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

func TestOrderAndRepeatsDoNotMatter(t *testing.T) {
	t.Parallel()
	var rows []SignIn
	for i := range 400 {
		rows = append(rows, signIn(fmt.Sprint("id", i),
			user([]string{"ana", "ben", "cara", "dora", "eve", "finn"}[i%6]),
			at(time.Duration(i*7)*time.Minute),
			code([]int{0, 50126, 53003, 50055, 50053, 50076}[i%5]),
			from(fmt.Sprintf("192.0.2.%d", i%9)),
			agent([]string{"BAV2ROPC", "Apple-iPhone12C1/1907.71", "", "Apple-iPhone12C1/2108.16"}[i%4]),
			app([]string{"IMAP4", "Exchange ActiveSync", "Browser", "Exchange Web Services", "What is this"}[i%5])))
		if i%3 == 0 {
			rows[i].UserID = ""
		}
	}
	want := fold(rows...)
	shuffled := append([]SignIn(nil), rows...)
	shuffled = append(shuffled, rows[:200]...)
	random := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		got := fold(shuffled...)
		if diff := cmp.Diff(want.Clients(), got.Clients()); diff != "" {
			t.Fatalf("clients depend on the order of rows (-in order +shuffled):\n%s", diff)
		}
		if got.Counts().Duplicates == 0 {
			t.Fatal("repeated rows were not counted")
		}
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	f := NewFold(Window{From: monday.Add(-time.Hour), To: monday.Add(time.Hour)})
	for _, s := range []SignIn{
		signIn("1"), signIn("1"), // repeated
		signIn("1", user("ben")), // one event, another account
		signIn("2", app("Browser"), func(s *SignIn) { s.Event = Interactive }),
		signIn("3", app("Something new")),
		signIn("4", at(-2*time.Hour)), signIn("5", at(time.Hour)), // outside
		signIn("6", func(s *SignIn) { s.HomeTenant, s.UserType = "t9", "guest" }),
		signIn("7", func(s *SignIn) { s.Event = ServicePrincipal; s.ClientApp = "" }),
		signIn("", func(s *SignIn) { s.Time = time.Time{}; s.Event = EventUnknown }),
		signIn("8", func(s *SignIn) { s.User, s.UserID, s.IP, s.Agent = "", "", "", "" }),
	} {
		f.Add(&s)
	}
	want := Counts{
		Read: 11, Legacy: 5, Unknown: 1, Duplicates: 1, Outside: 2, Foreign: 1, Applications: 1,
		Interactive: 1, NonInteractive: 6, KindUnknown: 1, NoTime: 1, NoID: 1, Nameless: 1, First: monday, Last: monday,
	}
	if diff := cmp.Diff(want, f.Counts()); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

func TestClientHoldsWhatItsRowsSay(t *testing.T) {
	t.Parallel()
	eas := app("Exchange ActiveSync")
	c := only(t, fold(
		signIn("1", eas, agent("Apple-iPhone12C1/1907.71"), func(s *SignIn) { s.DisplayName = "Ana"; s.ReportOnly = []string{"Block legacy"} }),
		signIn("2", eas, agent("Apple-iPhone12C1/2108.16"), at(30*time.Hour), from("198.51.100.9"), code(53003)),
		signIn("3", eas, agent("Apple-iPhone12C1/2108.16"), at(31*time.Hour), from("198.51.100.9"), code(50126), func(s *SignIn) { s.Country = "ES"; s.Event = Interactive }),
	))
	if c.Tally != (Tally{Total: 3, Succeeded: 1, Blocked: 1, Failed: 1}) {
		t.Errorf("tally %+v", c.Tally)
	}
	if c.Device.Version != "17.7" || c.Device.Family != useragent.IPhone {
		t.Errorf("the newest agent decides the version, got %+v", c.Device)
	}
	wantNetworks := []Network{{"198.51.100.9", "ES", 2}, {"192.0.2.1", "PT", 1}}
	if diff := cmp.Diff(wantNetworks, c.Networks); diff != "" {
		t.Errorf("networks (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Event{Interactive, NonInteractive}, c.Events); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Day{{time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC), 1}, {time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC), 2}}, c.ByDay); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
	if len(c.ReportOnly) != 1 || c.User.Display != "Ana" || c.User.ID != "u-ana" || c.User.Name != "ana@contoso.com" {
		t.Errorf("user or policies: %+v %v", c.User, c.ReportOnly)
	}
}
