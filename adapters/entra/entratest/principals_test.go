package entratest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/adapters/entra/settings"
)

// Who a policy of the tests leaves out.
const (
	adminID = "55556666-ffff-7777-aaaa-8888bbbb9999"
	salesID = "77778888-bbbb-9999-cccc-0000dddd1111"
	goneID  = "88889999-cccc-0000-dddd-1111eeee2222"
)

// principals is Contoso with a policy that leaves out its administrator, a group
// and somebody who was deleted.
func principals(t *testing.T) *entratest.Server {
	t.Helper()
	return start(t, func(c *entratest.Config) {
		s := &c.Tenants[0].Settings
		s.Groups = append(s.Groups, json.RawMessage(`{"id":"`+salesID+`","displayName":"Sales printers","securityEnabled":true}`))
		s.Policies = []json.RawMessage{json.RawMessage(strings.NewReplacer(
			`"excludeUsers":["66667777-aaaa-8888-bbbb-9999cccc0000"]`, `"excludeUsers":["`+adminID+`","`+goneID+`"]`,
			`"excludeGroups":[]`, `"excludeGroups":["`+salesID+`"]`,
		).Replace(string(entratest.BlockPolicy("enabled"))))}
	})
}

func TestPrincipals(t *testing.T) {
	t.Parallel()
	s := principals(t)
	bearer := token(t, s)
	many := func(n int) string {
		ids := []string{"'" + strings.ToUpper(salesID) + "'"}
		for i := range n - 1 {
			ids = append(ids, fmt.Sprintf("'%08d-0000-4000-8000-000000000000'", i))
		}
		return "id in (" + strings.Join(ids, ",") + ")"
	}
	for _, c := range []struct {
		name, path, filter string
		status             int
		ids                []string
	}{
		{"a group", "/v1.0/groups", "id in ('" + salesID + "')", 200, []string{salesID}},
		{"a user and one who is gone", "/v1.0/users", "id in ('" + adminID + "','" + goneID + "')", 200, []string{adminID}},
		{"nobody", "/v1.0/groups", "id in ('" + goneID + "')", 200, nil},
		{"both conditions", "/v1.0/groups", "id in ('" + salesID + "') and displayName eq 'Sales'", 200, nil},
		{"as many as it takes", "/v1.0/groups", many(15), 200, []string{salesID}},
		{"one too many", "/v1.0/groups", many(16), 400, nil},
		{"no value", "/v1.0/groups", "id in ()", 400, nil},
		{"no end", "/v1.0/groups", "id in ('a'", 400, nil},
		{"no comma", "/v1.0/groups", "id in ('a' 'b')", 400, nil},
		{"another operator", "/v1.0/groups", "id ge 'a'", 400, nil},
		{"a number", "/v1.0/groups", "id in (1)", 400, nil},
	} {
		r := get(t, s, bearer, c.path+"?$filter="+url.QueryEscape(c.filter)+"&$select=id")
		var ids []string
		for _, v := range r.Value {
			ids = append(ids, fmt.Sprint(v["id"]))
		}
		if r.status != c.status || fmt.Sprint(ids) != fmt.Sprint(c.ids) {
			t.Errorf("%s: %s", c.name, r.raw)
		}
	}
	if o := object(t, get(t, s, bearer, "/v1.0/groups/"+salesID)); o["displayName"] != "Sales printers" {
		t.Errorf("group %v", o)
	}
	if r := get(t, s, bearer, "/v1.0/groups/"+goneID); r.status != 404 {
		t.Errorf("a group that is gone: %s", r.raw)
	}
}

// v1 is how the settings ask.
type v1 struct{ *entra.Graph }

func (v v1) JSON(ctx context.Context, path string, into any) error {
	return v.Graph.JSON(ctx, entra.V1, path, into)
}

// T11: the real client gets the names of the users and groups that a policy
// leaves out, and the exceptions of the configuration are recognized by them.
func TestT11NamesThroughTheRealClient(t *testing.T) {
	t.Parallel()
	s := principals(t)
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(secret), 0o600); err != nil {
		t.Fatal(err)
	}
	g, err := entra.Open(entra.Tenant{
		Name: "contoso", TenantID: entratest.ContosoID, ClientID: entratest.ContosoClient,
		Credential: entra.ClientSecret{From: entra.Source{File: file}},
	}, entra.Options{Transport: s.Client().Transport})
	if err != nil {
		t.Fatal(err)
	}
	facts, err := settings.Read(context.Background(), v1{g}, entratest.ContosoClient)
	if err != nil {
		t.Fatal(err)
	}
	if !facts.Users.Known || !facts.Groups.Known {
		t.Fatalf("users %+v, groups %+v", facts.Users, facts.Groups)
	}
	items := settings.Judge(facts, nil, settings.Expectations{
		Tenant: entratest.ContosoID, BreakGlass: []string{"admin@contoso.com"}, Exceptions: []string{salesID},
	})
	said := ""
	for _, i := range items {
		if i.ID == "conditional-access.exceptions" && i.Answer != settings.Yes {
			t.Errorf("the exceptions are not recognized: %s, %q", i.Answer, i.Evidence)
		}
		said += strings.Join(i.Evidence, "\n") + "\n"
	}
	for _, want := range []string{`group "Sales printers"`, `user "admin@contoso.com"`, "user " + goneID} {
		if !strings.Contains(said, want) {
			t.Errorf("%s is not said:\n%s", want, said)
		}
	}
}
