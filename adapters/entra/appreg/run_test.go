package appreg

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// shellRun is a home, a stand-in for the Azure CLI and its state.
type shellRun struct{ home, state, script string }

func newShellRun(t *testing.T, o Options) shellRun {
	t.Helper()
	for _, program := range []string{"bash", "openssl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed here", program)
		}
	}
	text, err := Text(Az, o)
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(t.TempDir(), "O'Brien's home")
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	r := shellRun{home: home, state: t.TempDir(), script: text}
	r.put(t, "cloud", clouds["global"].az+"\n")
	return r
}

func (r shellRun) put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(r.state, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs the script as if it were pasted, and says what it printed.
func (r shellRun) run(t *testing.T, args ...string) (string, error) {
	t.Helper()
	tools, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("bash", append([]string{"-s", "--"}, args...)...)
	cmd.Stdin = strings.NewReader(r.script)
	cmd.Env = append(os.Environ(), "HOME="+r.home, "AZ_STATE="+r.state, "PATH="+tools+":"+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// changes gives the changes since the last call.
func (r shellRun) changes(t *testing.T) string {
	t.Helper()
	path := filepath.Join(r.state, "changes")
	data, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	_ = os.Remove(path)
	return strings.TrimSpace(string(data))
}

func TestShellScriptTwiceThenRemove(t *testing.T) {
	t.Parallel()
	r := newShellRun(t, Options{Tenant: "contoso.onmicrosoft.com"})

	out, err := r.run(t)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := "application\ncertificate\nidentity\ngrant role-AuditLog.Read.All\ngrant role-Directory.Read.All"
	if got := r.changes(t); got != want {
		t.Errorf("the first run made\n%s\nwant\n%s", got, want)
	}
	pem := filepath.Join(r.home, ".config/legacyauth/legacyauth.pem")
	info, err := os.Stat(pem)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the private key has mode %v, want 0600", info.Mode())
	}
	for _, part := range []string{
		"name: contoso\n", "tenant-id: 11111111-1111-1111-1111-111111111111\n",
		"client-id: 22222222-2222-2222-2222-222222222222\n", "certificate:\n        file: '" + strings.ReplaceAll(pem, "'", "''") + "'\n",
		"Granted Directory.Read.All.\n",
	} {
		if !strings.Contains(out, part) {
			t.Errorf("the configuration lacks %q:\n%s", part, out)
		}
	}
	key, err := os.ReadFile(pem)
	if err != nil {
		t.Fatal(err)
	}
	if secret := strings.Split(string(key), "\n")[1]; len(secret) < 40 || strings.Contains(out, secret) {
		t.Error("the output holds the private key, or there is none")
	}

	if out, err = r.run(t); err != nil {
		t.Fatalf("second run: %v\n%s", err, out)
	}
	if got := r.changes(t); got != "" {
		t.Errorf("the second run changed\n%s", got)
	}
	if out, err = r.run(t, "--remove"); err != nil || r.changes(t) != "delete" {
		t.Errorf("remove: %v\n%s", err, out)
	}
	if _, err := os.Stat(pem); err != nil {
		t.Error("remove took the certificate away, which it says it leaves")
	}
}

func TestShellScriptStops(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		o     Options
		state map[string]string
		want  string
	}{
		"in another tenant":               {Options{Tenant: "fabrikam.com"}, nil, "another tenant than fabrikam.com"},
		"in another cloud":                {Options{}, map[string]string{"cloud": "AzureChinaCloud\n"}, "another cloud"},
		"before an application of others": {Options{}, map[string]string{"stranger": ""}, "Another application is called legacyauth"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newShellRun(t, tt.o)
			for file, text := range tt.state {
				r.put(t, file, text)
			}
			out, err := r.run(t)
			if err == nil || !strings.Contains(out, tt.want) {
				t.Errorf("%v\n%s\nwant %q", err, out, tt.want)
			}
			if got := r.changes(t); got != "" {
				t.Errorf("it changed\n%s", got)
			}
		})
	}
}
