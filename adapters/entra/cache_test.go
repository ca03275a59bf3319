package entra

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/cache"

	"legacyauth/adapters/entra/entratest"
)

// tokenRequests counts what the authority was asked for a token.
func tokenRequests(s *entratest.Server) int {
	n := 0
	for _, r := range s.Log() {
		if r.Part == entratest.Authority && strings.HasSuffix(r.Path, "/token") {
			n++
		}
	}
	return n
}

func cached(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %q, %v; want one", files, err)
	}
	return files[0]
}

func TestCacheServesTheNextRun(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		key   string
		clear bool
	}{
		{"in clear text", "", true},
		{"encrypted", strings.Repeat("k", leastKey), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := fake(t, nil)
			o := quick(server)
			o.CacheDir, o.CacheKey = filepath.Join(t.TempDir(), "new", "folder"), NewSecret(c.key)
			tenant := contoso(t)
			for range 3 {
				if _, err := page(opened(t, tenant, o), firstPage); err != nil {
					t.Fatal(err)
				}
			}
			if n := tokenRequests(server); n != 1 {
				t.Errorf("%d token requests, want 1", n)
			}
			file := cached(t, o.CacheDir)
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if clear := bytes.Contains(raw, []byte("AccessToken")); clear != c.clear {
				t.Errorf("clear text: %t", clear)
			}
			if bytes.Contains(raw, []byte(canary)) {
				t.Error("the client secret is in the cache")
			}
			if runtime.GOOS == "windows" {
				return // no such modes there
			}
			for path, mode := range map[string]os.FileMode{file: 0o600, o.CacheDir: 0o700} {
				if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
					t.Errorf("%s has mode %v, want %v", path, info.Mode().Perm(), mode)
				}
			}
		})
	}
}

// What cannot be used costs a sign-in and is told; it is never an error.
func TestCacheThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	key, other := NewSecret(strings.Repeat("k", leastKey)), NewSecret(strings.Repeat("o", leastKey))
	for _, c := range []struct {
		name        string
		first, then Secret
		harm        func(t *testing.T, file string)
		says        string // "" is nothing
	}{
		{name: "another key", first: key, then: other, says: "another key"},
		{name: "key taken away", first: key, says: "no key is set"},
		{name: "key added", then: key},
		{name: "damaged clear text", harm: func(t *testing.T, file string) { write(t, file, []byte("{")) }, says: "damaged"},
		{name: "damaged encryption", first: key, then: key, harm: func(t *testing.T, file string) { write(t, file, append(bytes.Clone(sealMark), 1, 2, 3)) }, says: "damaged"},
		{name: "removed", harm: func(_ *testing.T, file string) { _ = os.Remove(file) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := fake(t, nil)
			o := quick(server)
			o.CacheDir, o.CacheKey = t.TempDir(), c.first
			tenant := contoso(t)
			if _, err := page(opened(t, tenant, o), firstPage); err != nil {
				t.Fatal(err)
			}
			if c.harm != nil {
				c.harm(t, cached(t, o.CacheDir))
			}
			var heard []string
			o.CacheKey, o.Notify = c.then, func(what string) { heard = append(heard, what) }
			if _, err := page(opened(t, tenant, o), firstPage); err != nil {
				t.Fatal(err)
			}
			told := strings.Join(heard, "\n")
			if (c.says == "") != (told == "") || !strings.Contains(told, c.says) {
				t.Errorf("heard %q, want %q", told, c.says)
			}
			// The file is good again.
			o.Notify = func(what string) { t.Errorf("heard %q", what) }
			before := tokenRequests(server)
			if _, err := page(opened(t, tenant, o), firstPage); err != nil {
				t.Fatal(err)
			}
			if after := tokenRequests(server); after != before {
				t.Error("signed in once more")
			}
		})
	}
}

func write(t *testing.T, file string, content []byte) {
	t.Helper()
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestCacheFolderIsAFile(t *testing.T) {
	t.Parallel()
	o := Options{CacheDir: keep(t, "file", nil)}
	_, err := Open(contoso(t), o)
	want(t, err, CodeConfig)
	_, err = Open(contoso(t), Options{CacheDir: t.TempDir(), CacheKey: NewSecret("short")})
	want(t, err, CodeConfig)
}

// A file sealed for one tenant does not open for another.
func TestSealIsBoundToItsOwner(t *testing.T) {
	t.Parallel()
	key := NewSecret(strings.Repeat("k", leastKey))
	one, err := newSeal(key, "one")
	if err != nil {
		t.Fatal(err)
	}
	two, err := newSeal(key, "two")
	if err != nil {
		t.Fatal(err)
	}
	content := []byte("content")
	shut := one.close(content)
	if again := one.close(content); bytes.Equal(shut, again) {
		t.Error("sealed twice alike")
	}
	if got, err := one.open(shut); err != nil || !bytes.Equal(got, content) {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := two.open(shut); err == nil {
		t.Error("opened for another owner")
	}
	if _, err := one.open(content); err == nil {
		t.Error("opened what was not sealed")
	}
}

// Two tenants do not read each other's tokens.
func TestCacheIsPerTenant(t *testing.T) {
	t.Parallel()
	tenant, other := contoso(t), contoso(t)
	other.ClientID = "99998888-7777-6666-5555-444433332222"
	o := Options{CacheDir: t.TempDir()}
	one, err := openCache(tenant, o)
	if err != nil {
		t.Fatal(err)
	}
	two, err := openCache(other, o)
	if err != nil {
		t.Fatal(err)
	}
	if one.path == two.path {
		t.Error("one file for two")
	}
	if strings.Contains(one.path, tenant.TenantID) {
		t.Error("the file's name tells the tenant")
	}
}

func TestForgetKeepsTheRefreshToken(t *testing.T) {
	t.Parallel()
	c := &tokenCache{notify: func(what string) { t.Errorf("heard %q", what) }}
	c.forget()
	from := marshaled(`{"AccessToken":{"a":{"secret":"x"}},"RefreshToken":{"r":{"secret":"y"}}}`)
	if err := c.Export(context.Background(), from, cache.ExportHints{}); err != nil {
		t.Fatal(err)
	}
	c.forget()
	if got := string(c.held); got != `{"RefreshToken":{"r":{"secret":"y"}}}` {
		t.Errorf("kept %s", got)
	}
}

type marshaled string

func (m marshaled) Marshal() ([]byte, error) { return []byte(m), nil }
