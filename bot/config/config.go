// Package config reads the one configuration file: which tenants there are and
// how to sign in to each. It holds places of secrets, never secrets.
package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/owners"
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
	CacheKey Place `yaml:"cache-key"`
	// Database is the file of what is remembered, or a postgres:// address; see
	// DSN.
	Database Value `yaml:"database"`
	// Listen is the host:port of the health page, or Off.
	Listen string `yaml:"listen"`
	// Heartbeat is a web address that is fetched once for each complete pass; empty:
	// none.
	Heartbeat Value `yaml:"heartbeat"`
	// Admins is a place as people write it; see Fallback.
	Admins string `yaml:"admins"`
	Verify Verify `yaml:"verify"`
	// Retention says how long what is remembered is kept; see Ages.
	Retention Retention `yaml:"retention"`
	Roles     Roles     `yaml:"roles"`
	People    People    `yaml:"people"`
	// Owners say who answers for clients whose user does not; the first rule that
	// matches counts.
	Owners  []owners.Rule `yaml:"owners"`
	Tenants []Tenant      `yaml:"tenants"`
	Slack   []Slack       `yaml:"slack"`
	Discord Discord       `yaml:"discord"`

	dir        string // of the file
	lines      map[string]int
	slackLines []map[string]int
	// retentionLines and peopleLines are those of the fields under retention and
	// people.
	retentionLines, peopleLines map[string]int
	ownerLines                  []map[string]int
	admins                      chat.Place
	platforms                   []Platform
}

// Place says where a secret is kept: an environment variable or a file.
type Place struct {
	Env  string `yaml:"env"`
	File string `yaml:"file"`
}

// Load reads and checks the file. Its errors, each an *Error, are those that
// make the file as a whole unusable. What is wrong with one tenant stands in
// that tenant and holds up no other; see Tenant.Wrong.
func Load(path string) (Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Config{}, unread(path, err)
	}
	c, err := decode(path, data)
	if err != nil {
		return Config{}, err
	}
	if err := c.place(filepath.Dir(path)); err != nil {
		return Config{}, fmt.Errorf("find the folder of the configuration: %w", err)
	}
	c.check(path)
	if err := c.checkSlack(path); err != nil {
		return Config{}, err
	}
	if err := c.checkDiscord(path); err != nil {
		return Config{}, err
	}
	if err := c.checkRoles(path); err != nil {
		return Config{}, err
	}
	if err := c.checkWatch(path); err != nil {
		return Config{}, err
	}
	if err := errors.Join(c.checkPeople(path), c.checkRetention(path)); err != nil {
		return Config{}, err
	}
	return c, nil
}

// unread says why a file cannot be read; nothing of it is known, so no line is
// named.
func unread(path string, err error) *Error {
	var reason *os.PathError
	if errors.As(err, &reason) {
		err = reason.Err
	}
	if errors.Is(err, os.ErrNotExist) {
		return &Error{File: path, What: "There is no configuration file " + path + ".", Do: "`legacyauth entra-app` makes an app registration and prints one, --config names another, a tenant whose exports land in a folder needs two lines, name: and folder:, under tenants:, and `legacyauth scan --from FILE` needs no configuration.", cause: os.ErrNotExist}
	}
	return &Error{
		File: path, What: fmt.Sprintf("The configuration file %s cannot be read: %v.", path, err),
		Do: "Name a file with --config that the account running legacyauth may read.",
	}
}

// place takes relative paths from the file's folder.
func (c *Config) place(dir string) error {
	var err error
	if c.dir, err = filepath.Abs(dir); err != nil {
		return err
	}
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
	at(&c.Database.File)
	at(&c.Heartbeat.File)
	at(&c.Discord.Token.File)
	for i := range c.Tenants {
		c.Tenants[i].Credential.place(at)
		at(&c.Tenants[i].Folder)
	}
	for i := range c.Slack {
		at(&c.Slack[i].BotToken.File)
		at(&c.Slack[i].AppToken.File)
		at(&c.Slack[i].SigningSecret.File)
	}
	return nil
}

// Named gives the tenants with these names, or all of them for none. The error
// says which name is not in the configuration.
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
