package cli

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/bot/demo"
)

// demoSecret opens the sample tenant, which exists on this machine only and
// only while the demonstration runs.
const demoSecret = "demo~only~Contoso~does~not~exist"

// demoSecretVariable is where the demonstration's configuration says the secret
// is.
const demoSecretVariable = "LEGACYAUTH_DEMO" //nolint:gosec // the name of a variable, not a secret

// tenant scans the sample tenant through the real sign-in library and the real
// Graph client, over TLS on this machine, throttled as Microsoft does.
func (c *Demo) tenant(ctx context.Context, env *Env) error {
	rules, err := misbehaviors(c.Misbehave)
	if err != nil {
		return usageError{err}
	}
	rows, err := demoRows()
	if err != nil {
		return err
	}
	tenant := entratest.Contoso(demoSecret, nil)
	tenant.JSON = func(yield func(json.RawMessage) bool) {
		for _, row := range rows {
			if !yield(row) {
				return
			}
		}
	}
	began := time.Now()
	clock := func() time.Time { return demo.Today().Add(time.Since(began)) }
	server, err := entratest.Start(entratest.Config{Tenants: []entratest.Tenant{tenant}, Now: clock, Compress: true})
	if err != nil {
		return fmt.Errorf("start the sample tenant: %w", err)
	}
	defer func() { _ = server.Close() }()
	for i := range rules {
		if rules[i].Mishap.NextLink != "" {
			rules[i].Mishap.NextLink = server.ForeignURL()
		}
	}
	server.Misbehave(rules...)
	if err := c.scanServed(ctx, env, server, clock); err != nil {
		return err
	}
	n := server.Counts()["/auditLogs/signIns"]
	_, err = fmt.Fprintf(env.Stderr, "The sample tenant served %d requests for sign-ins, %d rows, %.1f MB; a download of everything has %d rows.\n",
		n.Requests, n.Rows, float64(n.Bytes)/1e6, len(rows))
	return err
}

// scanServed runs the scan command itself, with a configuration of one tenant.
func (c *Demo) scanServed(ctx context.Context, env *Env, server *entratest.Server, clock func() time.Time) error {
	dir, err := os.MkdirTemp("", "legacyauth-demo-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file := filepath.Join(dir, "legacyauth.yaml")
	text := fmt.Sprintf("contact: %s\ntenants:\n  - name: contoso\n    tenant-id: %s\n    client-id: %s\n    credential:\n      secret:\n        env: %s\n",
		contact, entratest.ContosoID, entratest.ContosoClient, demoSecretVariable)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return err
	}
	if err := os.Setenv(demoSecretVariable, demoSecret); err != nil {
		return err
	}
	served := *env
	served.Now = clock
	served.Entra = entra.Options{RootCAs: server.RootCAs(), Authority: server.AuthorityURL(), GraphURL: server.GraphURL()}
	return (&Scan{TenantFlags: TenantFlags{Config: file}, Output: c.Output, Cards: c.Cards && c.Output == "text"}).Run(ctx, &served)
}

func misbehaviors(words []string) ([]entratest.Rule, error) {
	var rules []entratest.Rule
	for _, word := range words {
		rule, err := entratest.ParseRule(word)
		if err != nil {
			return nil, fmt.Errorf("--misbehave %s: %w", word, err)
		}
		rules = append(rules, rule)
	}
	return rules, nil
}

// demoRows gives the rows of the embedded log.
func demoRows() ([]json.RawMessage, error) {
	var rows []json.RawMessage
	for _, f := range demo.Files() {
		unpacked, err := gzip.NewReader(bytes.NewReader(f.Data))
		if err != nil {
			return nil, fmt.Errorf("read the sample log: %w", err)
		}
		text, err := io.ReadAll(unpacked)
		if err != nil {
			return nil, fmt.Errorf("read the sample log: %w", err)
		}
		for line := range bytes.Lines(text) {
			rows = append(rows, json.RawMessage(bytes.TrimSpace(line)))
		}
	}
	return rows, nil
}
