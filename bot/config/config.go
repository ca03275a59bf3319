// Package config reads the one configuration file: which tenants there are and
// how to sign in to each. It holds places of secrets, never secrets.
package config

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/settings"
)

// DefaultFile is read when no other file is named.
const DefaultFile = "legacyauth.yaml"

// Config is the file as a whole.
type Config struct {
	// Contact says whom people can ask ("IT service desk, extension 100").
	Contact string `yaml:"contact"`
	// State is the folder for what is kept between runs: tokens and how far a
	// scan came. A relative path is taken from the file's own folder; empty is
	// "legacyauth-state" there.
	State string `yaml:"state"`
	// CacheKey is where a key is kept that encrypts tokens on disk; without one
	// they are kept in clear text in files only their owner can read.
	CacheKey Place    `yaml:"cache-key"`
	Tenants  []Tenant `yaml:"tenants"`
}

// Tenant is one tenant.
type Tenant struct {
	Name       string     `yaml:"name"`
	TenantID   string     `yaml:"tenant-id"`
	ClientID   string     `yaml:"client-id"`
	Cloud      string     `yaml:"cloud"`
	Credential Credential `yaml:"credential"`
	// BreakGlass and Exceptions are left out of policies on purpose.
	BreakGlass []string `yaml:"break-glass"`
	Exceptions []string `yaml:"exceptions"`
}

// Place says where a secret is kept: an environment variable or a file.
type Place struct {
	Env  string `yaml:"env"`
	File string `yaml:"file"`
}

// Load reads and checks the file. Its errors name the file, the line where there
// is one, and what to do.
func Load(path string) (Config, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return Config{}, fmt.Errorf("there is no configuration file %s: legacyauth entra-app makes an app registration and prints one, --config names another, and legacyauth scan --from FILE needs none", path)
	}
	if err != nil {
		return Config{}, fmt.Errorf("read the configuration: %w", err)
	}
	c, err := parse(data)
	if err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	c.place(filepath.Dir(path))
	if err := c.check(); err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// parse decodes strictly: a field nobody knows is an error with its line.
func parse(data []byte) (Config, error) {
	var c Config
	if err := yaml.UnmarshalWithOptions(data, &c, yaml.Strict(), yaml.DisallowUnknownField()); err != nil {
		var located yaml.Error
		if errors.As(err, &located) && located.GetToken() != nil {
			return c, fmt.Errorf("line %d: %s", located.GetToken().Position.Line, located.GetMessage())
		}
		return c, errors.New(firstLine(yaml.FormatError(err, false, false)))
	}
	return c, nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// place takes relative paths from the file's folder.
func (c *Config) place(dir string) {
	at := func(path *string) {
		if *path != "" && !filepath.IsAbs(*path) {
			*path = filepath.Join(dir, *path)
		}
	}
	if c.State == "" {
		c.State = "legacyauth-state"
	}
	at(&c.State)
	at(&c.CacheKey.File)
	for i := range c.Tenants {
		c.Tenants[i].Credential.place(at)
	}
}

func (c Config) check() error {
	if len(c.Tenants) == 0 {
		return errors.New("it names no tenant: add one under tenants")
	}
	seen := map[string]bool{}
	for _, t := range c.Tenants {
		if seen[strings.ToLower(t.Name)] {
			return fmt.Errorf("two tenants are called %q: give each a name of its own", t.Name)
		}
		seen[strings.ToLower(t.Name)] = true
		tenant, err := t.Entra(func(context.Context, entra.Prompt) error { return nil })
		if err != nil {
			return err
		}
		if err := tenant.Check(); err != nil {
			return err
		}
	}
	return nil
}

// Entra gives the tenant as the adapter takes it. prompt shows a device code; it
// is needed by that credential alone.
func (t Tenant) Entra(prompt Prompt) (entra.Tenant, error) {
	cloud, err := entra.CloudNamed(t.Cloud)
	if err != nil {
		return entra.Tenant{}, fmt.Errorf("tenant %s: %w", t.Name, err)
	}
	credential, err := t.Credential.entra(prompt)
	if err != nil {
		return entra.Tenant{}, fmt.Errorf("tenant %s: %w", t.Name, err)
	}
	return entra.Tenant{Name: t.Name, TenantID: t.TenantID, ClientID: t.ClientID, Cloud: cloud, Credential: credential}, nil
}

// Expectations gives what the settings of the tenant are judged by.
func (t Tenant) Expectations() (settings.Expectations, error) {
	cloud, err := entra.CloudNamed(t.Cloud)
	if err != nil {
		return settings.Expectations{}, err
	}
	return settings.Expectations{
		Tenant: t.TenantID, Login: strings.TrimPrefix(cloud.Authority, "https://"),
		BreakGlass: t.BreakGlass, Exceptions: t.Exceptions,
	}, nil
}

// Named gives the tenants with these names, or all of them for none.
func (c Config) Named(names []string) ([]Tenant, error) {
	if len(names) == 0 {
		return c.Tenants, nil
	}
	var found []Tenant
	for _, name := range names {
		t, ok := c.named(name)
		if !ok {
			return nil, fmt.Errorf("there is no tenant %q in the configuration: it has %s", name, strings.Join(c.names(), ", "))
		}
		found = append(found, t)
	}
	return found, nil
}

func (c Config) named(name string) (Tenant, bool) {
	for _, t := range c.Tenants {
		if strings.EqualFold(t.Name, name) {
			return t, true
		}
	}
	return Tenant{}, false
}

func (c Config) names() []string {
	names := make([]string, len(c.Tenants))
	for i, t := range c.Tenants {
		names[i] = t.Name
	}
	return names
}
