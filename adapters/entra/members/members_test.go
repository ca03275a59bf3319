package members_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/adapters/entra/members"
)

const (
	pilotID = "77778888-bbbb-9999-cccc-0000dddd1111"
	innerID = "77778888-bbbb-9999-cccc-0000dddd2222"
	largeID = "77778888-bbbb-9999-cccc-0000dddd3333"
	emptyID = "77778888-bbbb-9999-cccc-0000dddd4444"
	twinID  = "77778888-bbbb-9999-cccc-0000dddd5555"
	goneID  = "88889999-cccc-0000-dddd-1111eeee2222"
)

func userID(n int) string { return fmt.Sprintf("%08d-0000-4000-8000-000000000000", n) }

// v1 asks the real Graph client for v1.0 answers.
type v1 struct{ *entra.Graph }

func (g v1) JSON(ctx context.Context, path string, into any) error {
	return g.Graph.JSON(ctx, entra.V1, path, into)
}

// graph serves Contoso with groups to the real client, which was granted roles.
func graph(t *testing.T, roles ...string) v1 {
	t.Helper()
	const secret = "a secret of the test"
	contoso := entratest.Contoso(secret, nil)
	contoso.Apps[0].Roles = roles
	s := &contoso.Settings
	for id, name := range map[string]string{pilotID: "Pilot's group", innerID: "Inner", largeID: "Everybody", emptyID: "Twins", twinID: "Twins"} {
		s.Groups = append(s.Groups, json.RawMessage(fmt.Sprintf(`{"id":%q,"displayName":%q,"mail":%q}`, id, name, strings.ToLower(strings.ReplaceAll(name, "'", ""))+"@contoso.com")))
	}
	// The groups hold each other; one user is in both.
	s.Members = map[string][]string{
		pilotID: {userID(1), innerID, "99990000-0000-4000-8000-000000000000"},
		innerID: {userID(2), userID(1), pilotID},
	}
	for n := range 2500 {
		contoso.Users = append(contoso.Users, entratest.User{ID: userID(n), UPN: fmt.Sprintf("user%d@contoso.com", n)})
		s.Members[largeID] = append(s.Members[largeID], userID(n))
	}
	server, err := entratest.Start(entratest.Config{Tenants: []entratest.Tenant{contoso}, Throttle: entratest.Throttle{Off: true}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(secret), 0o600); err != nil {
		t.Fatal(err)
	}
	g, err := entra.Open(entra.Tenant{
		Name: "contoso", TenantID: entratest.ContosoID, ClientID: entratest.ContosoClient, Credential: entra.ClientSecret{From: entra.Source{File: file}},
	}, entra.Options{RootCAs: server.RootCAs(), Authority: server.AuthorityURL(), GraphURL: server.GraphURL()})
	if err != nil {
		t.Fatal(err)
	}
	return v1{g}
}

func TestMembers(t *testing.T) {
	t.Parallel()
	g := graph(t, "Directory.Read.All")
	for name, tc := range map[string]struct {
		group string
		users int
		words string // of the error
	}{
		"by name, with a mark of its own": {"Pilot's group", 2, ""},
		"by id":                           {strings.ToUpper(pilotID), 2, ""},
		"by address":                      {"pilots group@contoso.com", 2, ""},
		"three pages":                     {"Everybody", 2500, ""},
		"no such name":                    {"Pilots", 0, `there is no group "Pilots" in the tenant`},
		"no such id":                      {goneID, 0, "there is no group with the id " + goneID},
		"two of one name":                 {"Twins", 0, "2 groups are called"},
		"nobody in it":                    {emptyID, 0, "Member.Read.Hidden"},
		"no name":                         {" ", 0, "by its name, its address or its object id"},
		"a filter in the name":            {"x' or displayName ne '", 0, "there is no group"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := members.Read(t.Context(), g, tc.group)
			var told *members.Error
			switch {
			case tc.words == "" && err != nil:
				t.Fatal(err)
			case tc.words != "" && (!errors.As(err, &told) || !strings.Contains(told.Words, tc.words)):
				t.Fatalf("%v, want %q", err, tc.words)
			}
			names := map[string]bool{}
			for _, u := range found.Users {
				names[u.Name] = true
			}
			if len(names) != tc.users || tc.users == 2 && (!names["user1@contoso.com"] || !names["user2@contoso.com"] || found.Others != 1) {
				t.Errorf("%d users, %d others: %v", len(names), found.Others, names)
			}
		})
	}
}

// TestWithoutPermission says which permission is missing and what to do, and
// never that there is nobody.
func TestWithoutPermission(t *testing.T) {
	t.Parallel()
	_, err := members.Read(t.Context(), graph(t, "AuditLog.Read.All"), "Pilot's group")
	if entra.CodeOf(err) != entra.CodeDirectoryRead || !strings.Contains(err.Error(), "az ad app permission add") {
		t.Errorf("%s: %v", entra.CodeOf(err), err)
	}
}

// TestGroupsWithoutTheirUsers is with the narrow permission alone: users come by
// their ids.
func TestGroupsWithoutTheirUsers(t *testing.T) {
	t.Parallel()
	found, err := members.Read(t.Context(), graph(t, "GroupMember.Read.All"), pilotID)
	if err != nil || len(found.Users) != 2 || found.Users[0].Name != "" || found.Users[0].ID == "" {
		t.Errorf("%+v, %v", found, err)
	}
}
