package detect

import (
	"fmt"
	"math/rand/v2"
	"slices"
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
		rows[i].DeviceID = []string{"", "", "d1", "", "d2", "", ""}[i%7]
		if i%11 == 0 {
			rows[i].Result.Reason = maliciousReason
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
		signIn("1", eas, agent("Apple-iPhone12C1/1907.71"), func(s *SignIn) { s.DisplayName = "Ana"; s.ReportOnly, s.PoliciesTold = []string{"Block legacy"}, true }),
		signIn("2", eas, agent("Apple-iPhone12C1/2108.16"), at(30*time.Hour), from("198.51.100.9"), code(53003)),
		signIn("3", eas, agent("Apple-iPhone12C1/2108.16"), at(31*time.Hour), from("198.51.100.9"), code(50126), func(s *SignIn) { s.Country, s.Event, s.PoliciesTold = "ES", Interactive, true }),
	))
	if c.Tally != (Tally{Total: 3, Succeeded: 1, Blocked: 1, Failed: 1}) {
		t.Errorf("tally %+v", c.Tally)
	}
	if c.Device.Version != "17.7" || c.Device.Family != useragent.IPhone {
		t.Errorf("the newest agent decides the version, got %+v", c.Device)
	}
	wantNetworks := []Network{{"198.51.100.9", "ES", 2, ""}, {"192.0.2.1", "PT", 1, ""}}
	if diff := cmp.Diff(wantNetworks, c.Networks); diff != "" {
		t.Errorf("networks (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Event{Interactive, NonInteractive}, c.Events); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Day{{time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC), 1, 1}, {time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC), 2, 1}}, c.ByDay); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
	if c.PoliciesTold != 2 {
		t.Errorf("%d sign-ins carry results of policies, want 2", c.PoliciesTold)
	}
	if len(c.ReportOnly) != 1 || c.User.Display != "Ana" || c.User.ID != "u-ana" || c.User.Name != "ana@contoso.com" {
		t.Errorf("user or policies: %+v %v", c.User, c.ReportOnly)
	}
}

func TestListsAreBounded(t *testing.T) {
	t.Parallel()
	var rows []SignIn
	for i := range 3 * listed {
		rows = append(rows, signIn(fmt.Sprint(i), app("Exchange ActiveSync"),
			agent(fmt.Sprintf("Apple-iPhone12C1/1907.%d", 100+i)), func(s *SignIn) {
				s.App, s.ReportOnly = fmt.Sprint("app", 100+i), []string{fmt.Sprint("policy", 100+i)}
			}))
	}
	want := only(t, fold(rows...))
	if len(want.Agents) != listed || len(want.Apps) != listed || len(want.ReportOnly) != listed || want.Apps[0] != "app100" {
		t.Errorf("%d agents, %d apps, %d policies, want the first %d of each", len(want.Agents), len(want.Apps), len(want.ReportOnly), listed)
	}
	slices.Reverse(rows)
	if diff := cmp.Diff(want.Agents, only(t, fold(rows...)).Agents); diff != "" {
		t.Errorf("agents depend on the order of rows:\n%s", diff)
	}
}

// A client of very many networks is where somebody else chooses how much a Fold
// has to remember.
func TestManyNetworks(t *testing.T) {
	t.Parallel()
	f := NewFold(Window{})
	const networks = 5_000
	for i := range 3 * networks {
		n := i * 7919 % networks
		s := signIn(fmt.Sprint(i), app("Exchange ActiveSync"), agent("Apple-iPhone12C1/1907.71"), code(50126), at(time.Duration(i)*time.Second),
			from(fmt.Sprintf("10.1.%d.%d", n>>8, n&255)))
		f.Add(&s)
	}
	c := only(t, f)
	if len(c.Networks) != networks {
		t.Fatalf("got %d networks, want %d", len(c.Networks), networks)
	}
	for _, n := range c.Networks {
		if n.Count != 3 || n.Country != "PT" {
			t.Fatalf("%+v, want 3 sign-ins from PT", n)
		}
	}
}
