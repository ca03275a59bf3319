package settings

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadContoso(t *testing.T) {
	t.Parallel()
	f := contosoFacts(t)
	for what, known := range map[string]bool{
		"Apple": f.Apple.Known, "policies": f.Policies.Known, "users": f.Users.Known, "groups": f.Groups.Known,
		"security defaults": f.Defaults.Known, "licenses": f.Licenses.Known, "permissions": f.Permissions.Known,
	} {
		if !known {
			t.Errorf("%s not known: %+v", what, f)
		}
	}
	if diff := cmp.Diff(Consent{ForAll: []string{"EAS.AccessAsUser.All", "EWS.AccessAsUser.All"}, People: 1}, f.Apple.Value.Consent.Value); diff != "" {
		t.Errorf("consent over two pages: -want +got\n%s", diff)
	}
	want := []Granted{
		{"Microsoft Graph", "AuditLog.Read.All", true},
		{"Microsoft Graph", "Directory.Read.All", true},
		{"Microsoft Graph", "Policy.Read.All", true},
		{"Microsoft Graph", "Mail.ReadWrite", true},
		{"Office 365 Exchange Online", "Exchange.ManageAsApp", false},
	}
	if diff := cmp.Diff(want, f.Permissions.Value); diff != "" {
		t.Errorf("permissions: -want +got\n%s", diff)
	}
	if got := f.Policies.Value[0].Conditions.Others; got != nil {
		t.Errorf("conditions that are null were taken for set: %q", got)
	}
}

// One refused answer makes one fact unknown, with the permission it needs.
func TestReadWithoutPermission(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		refused string // part of the paths that are refused
		unknown func(f Facts) (needs string, known bool)
		needs   string
	}{
		"policies":    {"/conditionalAccess/", func(f Facts) (string, bool) { return f.Policies.Needs, f.Policies.Known }, "Policy.Read.All"},
		"defaults":    {"SecurityDefaults", func(f Facts) (string, bool) { return f.Defaults.Needs, f.Defaults.Known }, "Policy.Read.All"},
		"licenses":    {"/subscribedSkus", func(f Facts) (string, bool) { return f.Licenses.Needs, f.Licenses.Known }, "Directory.Read.All"},
		"apple":       {"f8d98a96", func(f Facts) (string, bool) { return f.Apple.Needs, f.Apple.Known }, "Directory.Read.All"},
		"consent":     {"/oauth2PermissionGrants?", func(f Facts) (string, bool) { return f.Apple.Value.Consent.Needs, f.Apple.Value.Consent.Known }, "Directory.Read.All"},
		"consent 2":   {"skiptoken", func(f Facts) (string, bool) { return f.Apple.Value.Consent.Needs, f.Apple.Value.Consent.Known }, "Directory.Read.All"},
		"permissions": {"appRoleAssignments", func(f Facts) (string, bool) { return f.Permissions.Needs, f.Permissions.Known }, "Directory.Read.All"},
		"groups":      {"/groups", func(f Facts) (string, bool) { return f.Groups.Needs, f.Groups.Known }, "Directory.Read.All"},
		"users":       {"/users", func(f Facts) (string, bool) { return f.Users.Needs, f.Users.Known }, "Directory.Read.All"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := tenant(t, "contoso")
			for path := range a {
				if strings.Contains(path, tt.refused) {
					delete(a, path)
				}
			}
			f, err := Read(t.Context(), a, selfID)
			if err != nil {
				t.Fatal(err)
			}
			if needs, known := tt.unknown(f); known || needs != tt.needs {
				t.Errorf("known %v, needs %q; want unknown, needs %q", known, needs, tt.needs)
			}
			whole := contosoFacts(t)
			if tt.refused != "/conditionalAccess/" && len(f.Policies.Value) != len(whole.Policies.Value) && f.Policies.Known {
				t.Error("another fact suffered")
			}
			if unread := countUnknown(f); unread != 1 {
				t.Errorf("%d facts unknown, want 1", unread)
			}
		})
	}
}

func countUnknown(f Facts) int {
	n := 0
	for _, known := range []bool{
		f.Policies.Known, f.Users.Known, f.Groups.Known, f.Defaults.Known, f.Licenses.Known, f.Permissions.Known,
		f.Apple.Known && (!f.Apple.Value.Present || f.Apple.Value.Consent.Known),
	} {
		if !known {
			n++
		}
	}
	return n
}

func TestReadWithoutAnything(t *testing.T) {
	t.Parallel()
	f, err := Read(t.Context(), answers{}, selfID)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range Judge(f, nil, Expectations{}) {
		if i.Answer != CannotTell {
			t.Errorf("%s answers %s without having read anything", i.ID, i.Answer)
		}
		if i.Missing == "" {
			t.Errorf("%s does not say what is missing", i.ID)
		}
	}
}

func TestReadWithAPersonsRights(t *testing.T) {
	t.Parallel()
	f, err := Read(t.Context(), tenant(t, "contoso"), "")
	if err != nil {
		t.Fatal(err)
	}
	i := find(t, Judge(f, nil, Expectations{}), "permissions.required", "")
	if i.Answer != CannotTell || i.Missing != "" {
		t.Errorf("answer %s, missing %q", i.Answer, i.Missing)
	}
	i.says(t, "person who signed in")
}

func TestReadStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, answers{}, selfID); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was canceled", err)
	}
}

func TestReadEndlessPages(t *testing.T) {
	t.Parallel()
	a := tenant(t, "contoso")
	a["/identity/conditionalAccess/policies"] = `{"value": [], "@odata.nextLink": "/identity/conditionalAccess/policies"}`
	f, err := Read(t.Context(), a, selfID)
	if err != nil || f.Policies.Known {
		t.Errorf("known %v, %v; want unknown, since the answer does not end", f.Policies.Known, err)
	}
}

func TestReadAnswersOfAnotherShape(t *testing.T) {
	t.Parallel()
	a := tenant(t, "contoso")
	for path := range a {
		a[path] = `{"value": "none", "isEnabled": null}`
	}
	f, err := Read(t.Context(), a, selfID)
	if err != nil {
		t.Fatal(err)
	}
	if n := countUnknown(f); n != 5 { // the policies name nobody, so there is nobody to look up
		t.Errorf("%d facts unknown, want 5: %+v", n, f)
	}
}
