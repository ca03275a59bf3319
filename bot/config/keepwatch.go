package config

import (
	"cmp"
	"errors"
	"net"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/schedule"
	"legacyauth/storage"
)

// ListenUsually is where health is served when the file does not say; Off is
// where it is not served at all.
const (
	ListenUsually = "127.0.0.1:8321"
	Off           = "off"
)

// Verify says when a client counts as moved.
type Verify struct {
	// SilentDays is how long it must not have signed in, and longer where it is used
	// seldom; 0: the usual seven.
	SilentDays int `yaml:"silent-days"`
}

// Schedule says when a tenant is scanned; see schedule.Spec.
type Schedule struct {
	Every  string `yaml:"every"`
	Cron   string `yaml:"cron"`
	Zone   string `yaml:"zone"`
	Jitter string `yaml:"jitter"`
}

// Turns gives the tenant's schedule: every hour where the file does not say.
func (t Tenant) Turns() (schedule.Schedule, error) {
	spec := schedule.Spec(t.Schedule)
	if spec.Every == "" && spec.Cron == "" {
		spec.Every = schedule.Usual.Every
	}
	return schedule.Parse(spec, t.Name)
}

// DSN gives what storage.Open takes: named if it is not empty, else what the file
// says, else a file in the state folder. It may hold a password.
func (c Config) DSN(named string) (string, error) {
	if named != "" {
		return named, nil
	}
	text, err := c.Database.Read()
	switch {
	case err != nil:
		return "", err
	case text == "":
		return filepath.Join(c.State, "legacyauth.db"), nil
	case storage.EngineOf(text) == storage.SQLite && !filepath.IsAbs(text):
		return filepath.Join(c.dir, text), nil
	}
	return text, nil
}

// Fallback is the place of admins: of what cannot be delivered elsewhere, and of
// everything as long as nobody subscribed.
func (c Config) Fallback() chat.Place { return c.admins }

// checkWatch finds what is wrong with how tenants are watched.
func (c *Config) checkWatch(path string) error {
	wrong := func(field, what, do string) error {
		return &Error{File: path, Line: cmp.Or(c.lines[field], 1), What: what, Do: do}
	}
	c.Listen = cmp.Or(c.Listen, ListenUsually)
	if c.Listen != Off && !addressable(c.Listen) {
		return wrong("listen", "The address to listen on is not host:port.", "Write listen: "+ListenUsually+", or listen: off for no health page.")
	}
	var err error
	if c.admins, err = c.PlaceNamed(cmp.Or(c.Admins, chat.Terminal)); err != nil {
		return wrong("admins", "The place of the admins is none that is known.", "Write admins: terminal or admins: logfile:PATH.")
	}
	if u := c.Heartbeat.Text; u != "" && !IsWeb(u) {
		return wrong("heartbeat", "The heartbeat is not a web address.", "Write heartbeat: https://…, or env: NAME or file: PATH under it if the address is a secret.")
	}
	if hasPassword(c.Database.Text) {
		return wrong("database", "The address of the database holds a password.", "Write env: NAME or file: PATH under database: the place of a secret, never the secret itself.")
	}
	if d := c.Verify.SilentDays; d < 0 || d > 90 {
		return wrong("verify", "This number of silent days makes no sense.", "Write silent-days: 7, or another number from 1 to 90.")
	}
	return nil
}

func addressable(listen string) bool {
	_, port, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	n, err := strconv.Atoi(port)
	return err == nil && n >= 0 && n <= 65535
}

// IsWeb says whether text is an address that can be fetched.
func IsWeb(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

func hasPassword(dsn string) bool {
	if storage.EngineOf(dsn) != storage.PostgreSQL {
		return false
	}
	u, err := url.Parse(dsn)
	if err != nil {
		return true
	}
	_, has := u.User.Password()
	return has || u.Query().Has("password")
}

// scheduleFault says what is wrong with the tenant's schedule.
func (t Tenant) scheduleFault() *Error {
	_, err := t.Turns()
	if err == nil {
		return nil
	}
	e := &Error{What: "This schedule cannot be kept: " + err.Error() + ".", Do: "Write schedule: {every: 1h}.", field: "schedule", cause: err}
	var field *schedule.FieldError
	if errors.As(err, &field) {
		e.What = "The schedule's " + field.Field + " " + field.Problem + "."
		e.Do = "Allowed: " + strings.TrimSuffix(field.Allowed, ".") + "."
	}
	return e
}

// folderFault says what does not belong to a tenant whose sign-ins come from a
// folder.
func (t Tenant) folderFault() *Error {
	const do = "Take it out, or take folder out."
	switch {
	case t.ClientID != "":
		return &Error{What: "A tenant that is read from a folder needs no client ID.", Do: do, field: "client-id"}
	case t.Credential != (Credential{}):
		return &Error{What: "A tenant that is read from a folder needs no credential.", Do: do, field: "credential"}
	}
	return nil
}

// completed fills in what a folder's tenant does not need, so that the rest of it
// can be judged as any other.
func (t Tenant) completed() Tenant {
	const anID = "11111111-1111-1111-1111-111111111111"
	t.Folder, t.ClientID, t.Credential = "", anID, Credential{DeviceCode: true}
	t.TenantID = cmp.Or(t.TenantID, anID)
	return t
}
