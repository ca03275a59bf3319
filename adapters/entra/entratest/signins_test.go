package entratest_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"

	"legacyauth/adapters/entra/entratest"
)

const bothEvents = "signInEventTypes/any(t: t eq 'interactiveUser' or t eq 'nonInteractiveUser')"

// pages follows nextLinks to the end and returns the ids and how many pages.
func pages(t *testing.T, s *entratest.Server, bearer, address string) (ids []string, count int) {
	t.Helper()
	for address != "" {
		r := get(t, s, bearer, address)
		if r.status != 200 {
			t.Fatalf("page %d: %s", count+1, r.raw)
		}
		for _, row := range r.Value {
			ids = append(ids, row["id"].(string))
		}
		address = r.Next
		count++
	}
	return ids, count
}

func TestVersionsDifferAsTheyDo(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	bearer := token(t, s)
	var interactive, all int
	sample := entratest.Sample{Rows: 1000, Legacy: 100, Until: until, Over: 10 * 24 * time.Hour}
	for r := range sample.All() {
		all++
		if r.Event == entratest.Interactive {
			interactive++
		}
	}
	for _, c := range []struct {
		name, address string
		rows          int
	}{
		{"v1.0 knows interactive sign-ins", "/v1.0/auditLogs/signIns", interactive},
		{"beta unasked gives the same", "/beta/auditLogs/signIns", interactive},
		{"beta asked for both gives both", query("beta", bothEvents), all},
		{"beta asked for one", query("beta", "signInEventTypes/any(t: t eq 'nonInteractiveUser')"), all - interactive},
		{"beta asked for all but one", query("beta", "signInEventTypes/any(t: t ne 'interactiveUser')"), all - interactive},
	} {
		if ids, _ := pages(t, s, bearer, c.address); len(ids) != c.rows {
			t.Errorf("%s: %d rows, want %d", c.name, len(ids), c.rows)
		}
	}
	v1, beta := get(t, s, bearer, "/v1.0/auditLogs/signIns?$top=1").Value[0], get(t, s, bearer, "/beta/auditLogs/signIns?$top=1").Value[0]
	for _, property := range []string{"signInEventTypes", "authenticationProtocol", "clientCredentialType", "autonomousSystemNumber"} {
		if _, has := v1[property]; has {
			t.Errorf("v1.0 shows %s", property)
		}
		if _, has := beta[property]; !has {
			t.Errorf("beta does not show %s", property)
		}
	}
	if v1["userAgent"] == nil || v1["id"] != beta["id"] {
		t.Errorf("v1.0 row %v", v1)
	}
	if r := get(t, s, bearer, query("v1.0", bothEvents)); r.status != 400 || !strings.Contains(r.Error.Message, "signInEventTypes") {
		t.Errorf("v1.0 with event types: %s", r.raw)
	}
}

func TestPagesAreWholeAndInOrder(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	bearer := token(t, s)
	for _, top := range []int{1000, 66, 7} {
		filter := "createdDateTime ge 2026-11-20T00:00:00Z and createdDateTime lt 2026-11-22T00:00:00Z and " + bothEvents
		if top == 7 {
			filter += " and clientAppUsed eq 'IMAP4'"
		}
		ids, count := pages(t, s, bearer, query("beta", filter, fmt.Sprintf("$top=%d", top)))
		seen := make(map[string]bool)
		for _, id := range ids {
			if seen[id] {
				t.Errorf("top %d: %s twice", top, id)
			}
			seen[id] = true
		}
		if want := (len(ids) + top - 1) / top; count != want {
			t.Errorf("top %d: %d rows in %d pages, want %d", top, len(ids), count, want)
		}
		if top == 66 && len(ids) != 200 {
			t.Errorf("two of ten days hold %d rows, want 200", len(ids))
		}
	}
	newest := get(t, s, bearer, "/beta/auditLogs/signIns?$top=2").Value
	oldest := get(t, s, bearer, "/beta/auditLogs/signIns?$top=2&$orderby=createdDateTime").Value
	if newest[0]["createdDateTime"].(string) < newest[1]["createdDateTime"].(string) {
		t.Error("the newest row is not first")
	}
	if oldest[0]["createdDateTime"].(string) > oldest[1]["createdDateTime"].(string) || oldest[0]["createdDateTime"].(string) > newest[0]["createdDateTime"].(string) {
		t.Error("ordered by time, the oldest row is not first")
	}
	up, _ := pages(t, s, bearer, "/beta/auditLogs/signIns?$top=100&$orderby="+url.QueryEscape("createdDateTime asc"))
	down, _ := pages(t, s, bearer, "/beta/auditLogs/signIns?$top=100&$orderby="+url.QueryEscape("createdDateTime desc"))
	slices.Sort(up)
	slices.Sort(down)
	if !slices.Equal(up, down) {
		t.Error("the two orders hold different rows")
	}
}

func TestQueryRefused(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	bearer := token(t, s)
	for _, c := range []struct{ name, address, message string }{
		{"page of none", "/beta/auditLogs/signIns?$top=0", "Invalid page size"},
		{"page too large", "/beta/auditLogs/signIns?$top=1001", "Must be between 1 and 1000"},
		{"page not a number", "/beta/auditLogs/signIns?$top=many", "non-negative integer"},
		{"skip", "/beta/auditLogs/signIns?$skip=5", "not supported"},
		{"count", "/beta/auditLogs/signIns?$count=true", "not supported"},
		{"other order", "/beta/auditLogs/signIns?$orderby=userId", "order by"},
		{"option twice", "/beta/auditLogs/signIns?$top=5&$top=6", "more than once"},
		{"not equal", query("beta", "clientAppUsed ne 'Browser'"), "not supported"},
		{"no skip token", "/beta/auditLogs/signIns?$skiptoken=", "skip token is null"},
		{"made-up skip token", "/beta/auditLogs/signIns?$skiptoken=abcdef", "Token not found: token is either invalid or expired"},
		{"other version", "/v3/auditLogs/signIns", "Invalid version"},
		{"no such thing", "/beta/nothing", "Resource not found for the segment 'nothing'."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := get(t, s, bearer, c.address)
			if r.status != 400 || r.Error.Code != "BadRequest" || !strings.Contains(r.Error.Message, c.message) {
				t.Errorf("status %d, body %s", r.status, r.raw)
			}
		})
	}
}

func TestSkipTokens(t *testing.T) {
	t.Parallel()
	now := &clock{at: until}
	s := start(t, func(c *entratest.Config) {
		c.Now, c.SkipTokenLife = now.now, time.Minute
		other := entratest.Contoso(secret, entratest.Sample{Rows: 50, Until: until, Over: time.Hour}.All())
		other.ID, other.Domains = "bbbbcccc-1111-dddd-2222-eeee3333ffff", []string{"fabrikam.com"}
		c.Tenants = append(c.Tenants, other)
	})
	bearer := token(t, s)
	first := get(t, s, bearer, "/beta/auditLogs/signIns?$top=10")
	if r := get(t, s, bearer, strings.Replace(first.Next, "$top", "$filter=appId%20eq%20'x'&$top", 1)); r.status != 400 {
		t.Errorf("a token serves another query: %s", r.raw)
	}
	foreign, err := confidential.New(s.AuthorityURL()+"/fabrikam.com", entratest.ContosoClient, bySecret(t, secret),
		confidential.WithHTTPClient(s.Client()), confidential.WithInstanceDiscovery(false))
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := acquire(s, foreign)
	if err != nil {
		t.Fatal(err)
	}
	if r := get(t, s, theirs, first.Next); r.status != 400 {
		t.Errorf("a token serves another tenant: %s", r.raw)
	}
	if ids, _ := pages(t, s, theirs, query("beta", bothEvents)); len(ids) != 50 {
		t.Errorf("the other tenant has %d rows, want its own 50", len(ids))
	}
	now.advance(59 * time.Second)
	if r := get(t, s, bearer, first.Next); r.status != 200 {
		t.Errorf("within its life: %s", r.raw)
	}
	now.advance(2 * time.Second)
	if r := get(t, s, bearer, first.Next); r.status != 400 || r.Error.Message != "Token not found: token is either invalid or expired" {
		t.Errorf("after its life: %s", r.raw)
	}
}

func TestLateRowsAppear(t *testing.T) {
	t.Parallel()
	now := &clock{at: until}
	s := start(t, func(c *entratest.Config) { c.Now = now.now })
	late := entratest.Row{
		ID: "late", Time: until.Add(-time.Hour), Visible: until.Add(time.Hour), ClientApp: "IMAP4",
		JSON: []byte(`{"id":"late","createdDateTime":"2026-11-23T11:00:00Z","clientAppUsed":"IMAP4"}`),
	}
	if err := s.Add("contoso.com", late); err != nil {
		t.Fatal(err)
	}
	bearer := token(t, s)
	if ids, _ := pages(t, s, bearer, query("beta", "id eq 'late'")); len(ids) != 0 {
		t.Errorf("before its time: %v", ids)
	}
	now.advance(time.Hour)
	if ids, _ := pages(t, s, token(t, s), query("beta", "id eq 'late'")); len(ids) != 1 {
		t.Errorf("at its time: %v", ids)
	}
}

func TestUnknownMembersOnRequest(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	bearer := token(t, s)
	plain := get(t, s, bearer, "/beta/auditLogs/signIns?$top=1")
	if strings.Contains(plain.raw, "reportOnly") || !strings.Contains(plain.raw, `"unknownFutureValue"`) {
		t.Errorf("unasked: %s", plain.raw)
	}
	asked := get(t, s, bearer, "/beta/auditLogs/signIns?$top=1", "Prefer", "include-unknown-enum-members")
	if !strings.Contains(asked.raw, "reportOnly") {
		t.Errorf("asked: %s", asked.raw)
	}
	if err := s.Change(entratest.ContosoID, func(t *entratest.Tenant) { t.Apps[0].Roles = []string{"AuditLog.Read.All"} }); err != nil {
		t.Fatal(err)
	}
	if r := get(t, s, token(t, s), "/beta/auditLogs/signIns?$top=1"); strings.Contains(r.raw, "appliedConditionalAccessPolicies") {
		t.Errorf("without the policy permission: %s", r.raw)
	}
}

func TestSelect(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	r := get(t, s, token(t, s), "/beta/auditLogs/signIns?$top=3&$select=id,status")
	for _, row := range r.Value {
		if len(row) != 2 || row["id"] == nil || row["status"] == nil {
			t.Errorf("row %v", row)
		}
	}
	if r = get(t, s, token(t, s), r.Next); len(r.Value) != 3 || len(r.Value[0]) != 2 {
		t.Errorf("the next page forgets the selection: %s", r.raw)
	}
}
