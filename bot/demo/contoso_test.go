package demo

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/bot/demo/graphlog"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// row is what the tests read of a generated row.
type row struct {
	ID           string    `json:"id"`
	Time         time.Time `json:"createdDateTime"`
	Display      string    `json:"userDisplayName"`
	User         string    `json:"userPrincipalName"`
	UserID       string    `json:"userId"`
	UserType     string    `json:"userType"`
	App          string    `json:"appDisplayName"`
	AppID        string    `json:"appId"`
	IP           string    `json:"ipAddress"`
	ClientApp    string    `json:"clientAppUsed"`
	Agent        string    `json:"userAgent"`
	AuthProtocol string    `json:"authenticationProtocol"`
	HomeTenant   string    `json:"homeTenantId"`
	Tenant       string    `json:"resourceTenantId"`
	CAStatus     string    `json:"conditionalAccessStatus"`
	Events       []string  `json:"signInEventTypes"`
	Status       struct {
		Code   int    `json:"errorCode"`
		Reason string `json:"failureReason"`
	} `json:"status"`
	Device struct {
		ID string `json:"deviceId"`
		OS string `json:"operatingSystem"`
	} `json:"deviceDetail"`
}

func readRows(t *testing.T, lines []byte) []row {
	t.Helper()
	var rows []row
	for line := range bytes.Lines(lines) {
		var r row
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatalf("row %d is not JSON: %v", len(rows)+1, err)
		}
		rows = append(rows, r)
	}
	return rows
}

func generated(t *testing.T, c Config) ([]byte, Truth) {
	t.Helper()
	var out bytes.Buffer
	truth, err := Generate(c, &out)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), truth
}

// contosoOnce generates the log of Contoso for all tests that only read it.
var contosoOnce = sync.OnceValues(func() (lines []byte, truth Truth) {
	var out bytes.Buffer
	truth, err := Generate(Contoso(), &out)
	if err != nil {
		return nil, Truth{}
	}
	return out.Bytes(), truth
})

func contosoRows(t *testing.T) ([]row, Truth) {
	t.Helper()
	lines, truth := contosoOnce()
	if len(lines) == 0 {
		t.Fatal("generating Contoso fails")
	}
	return readRows(t, lines), truth
}

func TestContosoIsBigEnough(t *testing.T) {
	t.Parallel()
	rows, truth := contosoRows(t)
	if len(rows) != truth.Rows || truth.Rows < 5000 {
		t.Errorf("got %d rows, truth says %d, want at least 5000", len(rows), truth.Rows)
	}
	people := map[string]bool{}
	for _, r := range rows {
		if strings.HasSuffix(r.User, "@"+domain) && r.UserID != nobody {
			people[r.User] = true
		}
	}
	if len(people) < 60 {
		t.Errorf("got %d accounts, want at least 60", len(people))
	}
	if share := float64(truth.Legacy) / float64(truth.Rows); share < 0.1 || share > 0.25 {
		t.Errorf("legacy share is %.2f, want 0.10 to 0.25", share)
	}
}

func TestContosoHasEveryFamilyAndVerdict(t *testing.T) {
	t.Parallel()
	_, truth := contosoRows(t)
	families, verdicts, protocols := map[useragent.Family]int{}, map[detect.Verdict]int{}, map[detect.Protocol]int{}
	for _, c := range truth.Clients {
		families[c.Family]++
		verdicts[c.Verdict]++
		protocols[c.Protocol]++
		if c.Succeeded+c.Blocked+c.Failed != c.Total || c.Total == 0 {
			t.Errorf("%s %s: %d sign-ins do not add up", c.User, c.Protocol, c.Total)
		}
	}
	slips := false
	for _, c := range truth.Clients {
		slips = slips || c.Family == useragent.IPhone && c.Verdict == detect.InUse && c.Succeeded > 0 && c.Failed > 0
	}
	if !slips {
		t.Error("no phone that signs in ever mistypes its password")
	}
	for _, f := range useragent.Families() {
		if families[f] == 0 {
			t.Errorf("no client of family %s", f)
		}
	}
	for _, v := range detect.Verdicts() {
		if verdicts[v] == 0 {
			t.Errorf("no client with verdict %s", v)
		}
	}
	for _, p := range detect.Protocols() {
		if protocols[p] == 0 {
			t.Errorf("no client over %s", p)
		}
	}
}

func TestContosoKeepsToReservedNames(t *testing.T) {
	t.Parallel()
	var reserved []netip.Prefix
	for _, p := range []string{"192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"} {
		reserved = append(reserved, netip.MustParsePrefix(p))
	}
	rows, _ := contosoRows(t)
	for i, r := range rows {
		addr, err := netip.ParseAddr(r.IP)
		if err != nil {
			t.Fatalf("row %d: %v", i+1, err)
		}
		ok := false
		for _, p := range reserved {
			ok = ok || p.Contains(addr)
		}
		if !ok {
			t.Errorf("row %d: address %s is not reserved for documentation", i+1, addr)
		}
		if _, at, _ := strings.Cut(r.User, "@"); at != domain && at != "fabrikam.com" && r.User != "" {
			t.Errorf("row %d: user %q is of no reserved domain", i+1, r.User)
		}
	}
}

func TestContosoIsUntidy(t *testing.T) {
	t.Parallel()
	c := Contoso()
	rows, truth := contosoRows(t)
	seen := map[string]bool{}
	var newest time.Time
	repeated, late := 0, 0
	hostile := map[string]bool{}
	for _, r := range rows {
		if r.Time.Before(c.From) || !r.Time.Before(c.To) {
			t.Errorf("row %s lies outside the window: %s", r.ID, r.Time)
		}
		if seen[r.ID] {
			repeated++
		}
		seen[r.ID] = true
		if newest.Sub(r.Time) > 30*time.Minute {
			late++
		}
		if r.Time.After(newest) {
			newest = r.Time
		}
		hostile[r.App], hostile[r.Display] = true, true
	}
	if repeated != truth.Repeated || repeated < len(rows)/200 {
		t.Errorf("%d rows repeat an id, truth says %d", repeated, truth.Repeated)
	}
	if late < len(rows)/100 {
		t.Errorf("%d rows are more than half an hour late, want at least 1%%", late)
	}
	if truth.Duplicates == 0 || truth.Foreign == 0 || truth.Applications == 0 || truth.Unknown == 0 {
		t.Errorf("some kind of row is missing: %+v", truth)
	}
	if !hostile[hostileApp.Name] || !hostile[hostileDisplay] {
		t.Error("hostile text did not survive as it was")
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	t.Parallel()
	c := Contoso()
	c.To = c.From.AddDate(0, 0, 3)
	first, _ := generated(t, c)
	second, _ := generated(t, c)
	if !bytes.Equal(first, second) {
		t.Error("two runs with one seed differ")
	}
	c.Seed++
	other, _ := generated(t, c)
	if bytes.Equal(first, other) {
		t.Error("another seed gives the same bytes")
	}
}

func TestMoreUsers(t *testing.T) {
	t.Parallel()
	c := Contoso()
	c.To, c.Users = c.From.AddDate(0, 0, 2), 400
	lines, _ := generated(t, c)
	if !bytes.Contains(lines, []byte("person.00400@contoso.com")) {
		t.Error("the four hundredth person never signs in")
	}
}

func TestGenerateRefuses(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Config){
		"a window that ends before it begins": func(c *Config) { c.From, c.To = c.To, c.From },
		"too many users":                      func(c *Config) { c.Users = maxUsers + 1 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := Contoso()
			change(&c)
			if _, err := Generate(c, io.Discard); err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestGenerateReportsTheWriter(t *testing.T) {
	t.Parallel()
	r, w := io.Pipe()
	_ = r.CloseWithError(io.ErrShortWrite)
	c := Contoso()
	c.To = c.From.AddDate(0, 0, 1)
	if _, err := Generate(c, w); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("got %v, want the writer's error", err)
	}
}

func TestEmbeddedLogIsCurrent(t *testing.T) {
	t.Parallel()
	fresh, _, err := Split(Contoso())
	if err != nil {
		t.Fatal(err)
	}
	size := 0
	for i, f := range Files() {
		size += len(f.Data)
		if !bytes.Equal(unpack(t, f), unpack(t, fresh[i])) {
			t.Errorf("%s is not what Split makes: run go generate ./bot/demo", f.Name)
		}
	}
	if size > 1<<20 {
		t.Errorf("the embedded log has %d bytes, more than 1 MiB", size)
	}
}

func TestSplitByKind(t *testing.T) {
	t.Parallel()
	want := []map[string]bool{
		{string(graphlog.Interactive): true},
		{string(graphlog.NonInteractive): true},
		{string(graphlog.ServicePrincipal): true, string(graphlog.ManagedIdentity): true},
	}
	for i, f := range Files() {
		for _, r := range readRows(t, unpack(t, f)) {
			if len(r.Events) != 1 || !want[i][r.Events[0]] {
				t.Fatalf("%s holds a row of %v", f.Name, r.Events)
			}
		}
	}
}

func unpack(t *testing.T, f File) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(f.Data))
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return data
}
