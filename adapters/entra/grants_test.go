package entra

import (
	"encoding/base64"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReadGrants(t *testing.T) {
	t.Parallel()
	token := func(claims string) string {
		return "e30." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".sig"
	}
	for _, c := range []struct {
		name, token string
		want        Grants
		ok          bool
	}{
		{
			"app", token(`{"tid":"t","appid":"a","idtyp":"app","roles":["Directory.Read.All","AuditLog.Read.All","AuditLog.Read.All"],"wids":["x"],"exp":1700000000}`),
			Grants{Tenant: "t", Client: "a", Permissions: []string{"AuditLog.Read.All", "Directory.Read.All"}, Expires: time.Unix(1700000000, 0).UTC()},
			true,
		},
		{
			"person", token(`{"tid":"t","azp":"a","scp":"User.Read AuditLog.Read.All","wids":["5d6b6bb7-de71-4623-b4af-96380a352509"],"exp":0}`),
			Grants{Tenant: "t", Client: "a", Delegated: true, Permissions: []string{"AuditLog.Read.All", "User.Read"}, Roles: []string{"5d6b6bb7-de71-4623-b4af-96380a352509"}, Expires: time.Unix(0, 0).UTC()},
			true,
		},
		{"opaque", "EwBAA8l6BAAU", Grants{}, false},
		{"not base64", "a.!.c", Grants{}, false},
		{"not JSON", "a.bm90.c", Grants{}, false},
		{"empty", "", Grants{}, false},
	} {
		got, ok := readGrants(c.token)
		if ok != c.ok {
			t.Errorf("%s: %t", c.name, ok)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	wide := Grants{Permissions: []string{"Directory.ReadWrite.All"}}
	if !wide.Has(DirectoryRead) || wide.Has(AuditLogRead) {
		t.Error("a wider permission does not count")
	}
}
