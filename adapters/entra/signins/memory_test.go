//go:build linux

package signins_test

import (
	"context"
	"crypto/x509"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/adapters/entra/signins"
	"legacyauth/detect"
	"legacyauth/detect/logrow"
)

// mostMemory is the target for a scan that reads everything.
const mostMemory = 100 << 20

// The memory of a process that scans 200,000 sign-ins without the filter, as the
// system counts it. The tenant lives in another process, the test's own.
func TestLargeTenantFitsInMemory(t *testing.T) {
	if at := os.Getenv("LEGACYAUTH_SCAN_GRAPH"); at != "" {
		scanInProcess(t, at)
		return
	}
	demanded(t)
	server := start(t, large(), func(config *entratest.Config) {
		config.Rules = []entratest.Rule{
			{Unfiltered: true},
			{Path: "/auditLogs/", Mishap: entratest.Refused(http.StatusBadRequest, "BadRequest", "Invalid filter clause")},
		}
	})
	trust := filepath.Join(t.TempDir(), "trust.pem")
	if err := os.WriteFile(trust, server.CertificatePEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	child := exec.Command(os.Args[0], "-test.run=^TestLargeTenantFitsInMemory$", "-test.count=1")
	child.Env = append(os.Environ(), "LEGACYAUTH_SCAN_GRAPH="+server.GraphURL(), "LEGACYAUTH_SCAN_AUTHORITY="+server.AuthorityURL(), "LEGACYAUTH_SCAN_TRUST="+trust)
	said, err := child.CombinedOutput()
	if err != nil || highWater.Find(said) == nil {
		t.Fatalf("%v\n%s", err, said)
	}
	kib, err := strconv.ParseInt(string(highWater.FindSubmatch(said)[1]), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	peak := kib << 10
	t.Logf("at most %.1f MiB resident, scan and sign-ins folded into clients", float64(peak)/(1<<20))
	if peak > mostMemory {
		t.Errorf("%d MiB, want at most %d", peak>>20, mostMemory>>20)
	}
}

// highWater is the most memory a process has had resident, in /proc. What the
// system tells of a child that has ended may be its parent's.
var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// scanInProcess scans the tenant that another process serves.
func scanInProcess(t *testing.T, at string) {
	text, err := os.ReadFile(os.Getenv("LEGACYAUTH_SCAN_TRUST"))
	if err != nil {
		t.Fatal(err)
	}
	trust := x509.NewCertPool()
	trust.AppendCertsFromPEM(text)
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(secret), 0o600); err != nil {
		t.Fatal(err)
	}
	g, err := entra.Open(entra.Tenant{
		Name: "contoso", TenantID: entratest.ContosoID, ClientID: entratest.ContosoClient,
		Credential: entra.ClientSecret{From: entra.Source{File: file}},
	}, entra.Options{
		RootCAs: trust, GraphURL: at, Authority: os.Getenv("LEGACYAUTH_SCAN_AUTHORITY"),
		Budget: &entra.Budget{PerTenant: 1000, PerApp: 1000, Window: time.Millisecond},
	})
	if err != nil {
		t.Fatal(err)
	}
	src := signins.Source{
		Tenant: entratest.ContosoID, Graph: g, Decode: logrow.NewDecoder().Decode, Dir: t.TempDir(),
		Window: detect.Window{From: now.Add(-benchDays * day)}, Now: func() time.Time { return now },
	}
	fold := detect.NewFold(detect.Window{})
	if _, err := src.Read(context.Background(), fold.AddAll); err != nil {
		t.Fatal(err)
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("%s\n", highWater.Find(status))
	if c := fold.Counts(); c.Read != benchRows || c.Legacy != benchLegacy {
		t.Fatalf("read %d sign-ins, of them %d legacy", c.Read, c.Legacy)
	}
}
