package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"legacyauth/adapters/entra"
	"legacyauth/bot/config"
)

// good are the lines of a tenant that nothing is wrong with; they begin with the
// hyphen of the list.
const good = `  - name: contoso
    tenant-id: contoso.com
    client-id: 11111111-1111-1111-1111-111111111111
    credential:
      certificate:
        file: app.pem
`

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "legacyauth.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Every fault names the file, the line and what to do next.
func TestWhatIsWrong(t *testing.T) {
	t.Parallel()
	swap := strings.NewReplacer
	for _, c := range []struct {
		name, text string
		whole      bool // whether the file as a whole is unusable
		line       string
		says       []string
	}{
		{"empty", "", true, "line 1", []string{"names no tenant", "legacyauth entra-app", "name: and folder: alone"}},
		{"comments alone", "# nothing\n", true, "line 1", []string{"names no tenant"}},
		{"tab", "tenants:\n\t- name: contoso\n", true, "line 2", []string{"not YAML", "indent with spaces"}},
		{"open quotation mark", "contact: \"IT\ntenants:\n" + good, true, "line 1", []string{"not YAML", "quotation mark"}},
		{"second document", "tenants:\n" + good + "---\ntenants:\n" + good, true, "line 9", []string{"second YAML document", "Take that line out"}},
		{"unknown field", "kontact: IT\ntenants:\n" + good, true, "line 1", []string{"kontact", "contact, state, cache-key"}},
		{"field twice", "contact: IT\ncontact: IT\ntenants:\n" + good, true, "line 2", []string{"stands here twice", "Keep one"}},
		{"tenants is no list", "tenants:\n  name: contoso\n", true, "line 2", []string{"kind", "hyphen"}},
		{"cache key in the file itself", "cache-key: hunter2-hunter2\ntenants:\n" + good, true, "line 1", []string{"never the secret itself"}},

		{"listen without a port", "listen: localhost\ntenants:\n" + good, true, "line 1", []string{"not host:port", "listen: 127.0.0.1:8321", "listen: off"}},
		{"unknown place", "contact: IT\nadmins: slack:T1:C2\ntenants:\n" + good, true, "line 2", []string{"none that is known", "logfile:PATH"}},
		{"heartbeat is no address", "heartbeat: hunter2-hunter2\ntenants:\n" + good, true, "line 1", []string{"not a web address", "env: NAME"}},
		{"password of the database in the file itself", "database: postgres://bot:hunter2-hunter2@db/legacyauth\ntenants:\n" + good, true, "line 1", []string{"holds a password", "never the secret itself"}},
		{"unknown place of the database", "database:\n  path: x\ntenants:\n" + good, true, "line 2", []string{"path", "env, file"}},
		{"silent days are no number", "verify:\n  silent-days: some\ntenants:\n" + good, true, "line 2", []string{"kind", "whole number"}},
		{"silent days make no sense", "verify: {silent-days: -1}\ntenants:\n" + good, true, "line 1", []string{"no sense", "silent-days: 7"}},

		{"retention is no age", "retention:\n  sign-ins: 40d\n  history: a year\ntenants:\n" + good, true, "line 3", []string{"history is no age", "history: 400d", "history: forever"}},
		{"retention is too short", "retention: {sign-ins: 30d}\ntenants:\n" + good, true, "line 1", []string{"sign-ins is no age", "31 days at the least"}},
		{"sign-ins for ever", "retention:\n  sign-ins: forever\ntenants:\n" + good, true, "line 2", []string{"sign-ins is no age", "sign-ins: 40d"}},
		{"scans shorter than a silence", "retention:\n  scans: 30d\ntenants:\n" + good, true, "line 2", []string{"scans is no age", "100 days at the least"}},
		{"unknown retention", "retention:\n  logs: 30d\ntenants:\n" + good, true, "line 2", []string{"logs", "sign-ins, history, scans, messages, audit"}},

		{"schedule too close", "tenants:\n" + good + "    schedule: {every: 1s}\n", false, "line 8", []string{"schedule's every", "Allowed"}},
		{"schedule twice", "tenants:\n" + good + "    schedule: {every: 1h, cron: '0 6 * * *'}\n", false, "line 8", []string{"schedule's", "Allowed"}},
		{"schedule in no zone", "tenants:\n" + good + "    schedule: {every: 1h, zone: Europe/Atlantis}\n", false, "line 8", []string{"schedule's zone", "Allowed"}},
		{"unknown field of a schedule", "tenants:\n" + good + "    schedule: {each: 1h}\n", false, "line 8", []string{"each", "schedule (every, cron, zone, jitter)"}},
		{"folder and client ID", "tenants:\n" + good + "    folder: exports\n", false, "line 4", []string{"needs no client ID", "take folder out"}},
		{"folder and credential", "tenants:\n  - name: contoso\n    folder: exports\n    credential:\n      device-code: true\n", false, "line 4", []string{"needs no credential", "take folder out"}},
		{"folder of a tenant with a bad ID", "tenants:\n  - name: contoso\n    tenant-id: Contoso Ltd\n    folder: exports\n", false, "line 3", []string{"tenant ID", "Copy"}},

		{"unknown field of a tenant", "tenants:\n" + swap("tenant-id", "tenantid").Replace(good), false, "line 3", []string{"tenantid", "name, tenant-id, client-id"}},
		{"unknown credential", "tenants:\n" + swap("certificate", "certifikate").Replace(good), false, "line 6", []string{"certifikate", "certificate (file, key-file"}},
		{"unknown field of a certificate", "tenants:\n" + swap("file:", "path:").Replace(good), false, "line 7", []string{"path", "certificate (file, key-file"}},
		{"no name", "tenants:\n" + swap("- name: contoso", "- cloud: global").Replace(good), false, "line 2", []string{"has no name", "name: contoso"}},
		{"name with a slash", "tenants:\n" + swap("name: contoso", "name: a/b").Replace(good), false, "line 2", []string{"Give it a name"}},
		{"same name twice", "tenants:\n" + swap("contoso\n", "Contoso\n").Replace(good) + good, false, "line 8", []string{"tenant on line 2", "name of its own"}},
		{"no tenant ID", "tenants:\n" + swap("    tenant-id: contoso.com\n", "").Replace(good), false, "line 2", []string{"tenant ID is missing", "Copy"}},
		{"bad tenant ID", "tenants:\n" + swap("contoso.com", "Contoso Ltd").Replace(good), false, "line 3", []string{"tenant ID", "Copy"}},
		{"any tenant", "tenants:\n" + swap("contoso.com", "common").Replace(good), false, "line 3", []string{"any tenant"}},
		{"bad client ID", "tenants:\n" + swap("11111111-", "1-").Replace(good), false, "line 4", []string{"client ID", "entra-app"}},
		{"unknown cloud", "tenants:\n" + good + "    cloud: mars\n", false, "line 8", []string{"global, usgov, usgovdod"}},
		{"no credential", "tenants:\n  - name: contoso\n    tenant-id: contoso.com\n", false, "line 2", []string{"no credential", "managed-identity"}},
		{"empty credential", "tenants:\n  - name: contoso\n    tenant-id: contoso.com\n    credential:\n", false, "line 4", []string{"no credential", "managed-identity"}},
		{"two credentials", "tenants:\n" + good + "      device-code: true\n", false, "line 5", []string{"2 credentials", "exactly one"}},
		{"credential with nothing under it", "tenants:\n  - name: contoso\n    tenant-id: contoso.com\n    credential:\n      secret:\n", false, "line 4", []string{"secret has nothing under it", "Name exactly one"}},
		{"secret in the file itself", "tenants:\n  - name: contoso\n    tenant-id: contoso.com\n    credential:\n      secret: hunter2-hunter2\n", false, "line 5", []string{"never the secret itself"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := write(t, c.text)
			loaded, err := config.Load(path)
			if (err != nil) != c.whole {
				t.Fatalf("error %v; the file as a whole is unusable: %t", err, c.whole)
			}
			for i := 0; err == nil && i < len(loaded.Tenants); i++ {
				err = loaded.Tenants[i].Wrong()
			}
			if err == nil {
				t.Fatal("nothing is wrong")
			}
			for _, words := range append(c.says, path+", "+c.line+": ") {
				if !strings.Contains(err.Error(), words) {
					t.Errorf("%q does not say %q", err, words)
				}
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%q tells a secret", err)
			}
			for _, inside := range []string{"config.", "Go ", "unmarshal"} {
				if strings.Contains(err.Error(), inside) {
					t.Errorf("%q speaks of the program's inside", err)
				}
			}
		})
	}
}

func TestNoFile(t *testing.T) {
	t.Parallel()
	_, err := config.Load(filepath.Join(t.TempDir(), "none.yaml"))
	if err == nil || !strings.Contains(err.Error(), "entra-app") || !strings.Contains(err.Error(), "--config") {
		t.Errorf("error %v", err)
	}
	if _, err := config.Load(t.TempDir()); err == nil || !strings.Contains(err.Error(), "--config") {
		t.Errorf("a folder: error %v", err)
	}
}

// One tenant that is wrong leaves the others usable, and does not stand in the
// way of choosing them.
func TestOneWrongTenantHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	bad := "  - name: fabrikam\n    tenant-id: fabrikam.com\n    credential:\n      certifikate: x\n"
	loaded, err := config.Load(write(t, "tenants:\n"+bad+good))
	if err != nil {
		t.Fatal(err)
	}
	if len(loaded.Tenants) != 2 || loaded.Tenants[0].Name != "fabrikam" || loaded.Tenants[0].Wrong() == nil || loaded.Tenants[1].Wrong() != nil {
		t.Fatalf("tenants %+v", loaded.Tenants)
	}
	chosen, err := loaded.Named([]string{"CONTOSO"})
	if err != nil || len(chosen) != 1 || chosen[0].Name != "contoso" {
		t.Errorf("chosen %+v, %v", chosen, err)
	}
	if _, err := loaded.Named([]string{"woodgrove"}); err == nil || !strings.Contains(err.Error(), "fabrikam, contoso") {
		t.Errorf("error %v", err)
	}
}

func TestCredentials(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, lines string
		kind        string
		user        string // client id of the managed identity
	}{
		{"system-assigned identity with nothing under it", "managed-identity:", "managed-identity", ""},
		{"system-assigned identity as an empty mapping", "managed-identity: {}", "managed-identity", ""},
		{"user-assigned identity", "managed-identity:\n        client-id: 22222222-2222-2222-2222-222222222222", "managed-identity", "22222222-2222-2222-2222-222222222222"},
		{"secret", "secret:\n        env: APP_SECRET", "secret", ""},
		{"federation", "federation:\n        file: token", "federation", ""},
		{"device code", "device-code: true", "device-code", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			client := "    client-id: 11111111-1111-1111-1111-111111111111\n"
			if c.kind == "managed-identity" {
				client = ""
			}
			loaded, err := config.Load(write(t, "tenants:\n  - name: contoso\n    tenant-id: contoso.com\n"+client+"    credential:\n      "+c.lines+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			if err := loaded.Tenants[0].Wrong(); err != nil {
				t.Fatal(err)
			}
			tenant, err := loaded.Tenants[0].Entra(nil)
			if err != nil || tenant.Credential.Kind() != c.kind {
				t.Fatalf("%v, %v", tenant, err)
			}
			if m, ok := tenant.Credential.(entra.ManagedIdentity); ok && m.ClientID != c.user {
				t.Errorf("identity %+v", m)
			}
		})
	}
}

// Tenants can share what is the same in all of them.
func TestAnchorsWorkAcrossTenants(t *testing.T) {
	t.Parallel()
	text := "tenants:\n" + strings.Replace(good, "credential:", "credential: &how", 1) +
		"  - name: fabrikam\n    tenant-id: fabrikam.com\n    client-id: 11111111-1111-1111-1111-111111111111\n    credential: *how\n"
	loaded, err := config.Load(write(t, text))
	if err != nil {
		t.Fatal(err)
	}
	for _, tenant := range loaded.Tenants {
		if err := tenant.Wrong(); err != nil {
			t.Error(err)
		}
		if c := tenant.Credential.Certificate; c == nil || !filepath.IsAbs(c.File) {
			t.Errorf("%s: certificate %+v", tenant.Name, c)
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, seed := range []string{"", good, "tenants:\n" + good, "tenants: [a, b]\n", "tenants:\n  - *x\n", "a: &a [*a]\n", "---\n---\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "legacyauth.yaml")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		loaded, err := config.Load(path)
		if err == nil && len(loaded.Tenants) == 0 {
			t.Error("no tenant and no error")
		}
		for _, tenant := range loaded.Tenants {
			if wrong := tenant.Wrong(); wrong != nil && !strings.Contains(wrong.Error(), ", line ") {
				t.Errorf("%q names no line", wrong)
			}
		}
	})
}
