package config

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/settings"
)

// Tenant is one tenant.
type Tenant struct {
	// Name is what people call it. One that has none in the file is called by
	// its line, so that its fault can be told.
	Name       string     `yaml:"name"`
	TenantID   string     `yaml:"tenant-id"`
	ClientID   string     `yaml:"client-id"`
	Cloud      string     `yaml:"cloud"`
	Credential Credential `yaml:"credential"`
	// BreakGlass and Exceptions are left out of policies on purpose.
	BreakGlass []string `yaml:"break-glass"`
	Exceptions []string `yaml:"exceptions"`
	// Schedule says when serve scans it; see Turns.
	Schedule Schedule `yaml:"schedule"`
	// Folder is where exports of its log arrive, in place of client id and
	// credential; empty: it is asked through Graph.
	Folder string `yaml:"folder"`

	// lines says on which line of the file each field stands; "" is the first.
	lines map[string]int
	wrong *Error
}

// Wrong says what is wrong with the tenant's part of the file, as an *Error; nil
// means that signing in can be tried.
func (t Tenant) Wrong() error {
	if t.wrong == nil {
		return nil
	}
	return t.wrong
}

// UnmarshalYAML keeps what is wrong with this tenant from stopping the others.
func (t *Tenant) UnmarshalYAML(unmarshal func(any) error) error {
	type plain Tenant
	var p plain
	if err := unmarshal(&p); err != nil {
		p.wrong = refused("", 0, err, Tenant{})
		// The name is worth having even when another field is not understood.
		var loose map[string]any
		if unmarshal(&loose) == nil {
			p.Name, _ = loose["name"].(string)
		}
	}
	*t = Tenant(p)
	return nil
}

// check notes in each tenant what is wrong with it.
func (c *Config) check(path string) {
	seen := map[string]int{}
	for i := range c.Tenants {
		t := &c.Tenants[i]
		if t.wrong == nil {
			t.wrong = t.fault()
		}
		folded := strings.ToLower(t.Name)
		if first, ok := seen[folded]; ok && t.Name != "" {
			t.wrong = &Error{What: fmt.Sprintf("The tenant on line %d is called %q as well.", first, t.Name), Do: "Give each tenant a name of its own.", cause: &entra.Error{Code: entra.CodeConfig}}
		} else {
			seen[folded] = t.lines[""]
		}
		if t.Name == "" {
			t.Name = fmt.Sprintf("on line %d", t.lines[""])
		}
		if t.wrong != nil {
			t.wrong.File = path
			if t.wrong.Line == 0 {
				t.wrong.Line = cmp.Or(t.lines[t.wrong.field], t.lines[""])
			}
		}
	}
}

// fault checks the tenant as the adapter sees it.
func (t Tenant) fault() *Error {
	if t.Name == "" {
		return &Error{What: "This tenant has no name.", Do: "Give it one, as in `name: contoso`; --tenant and the answers use it.", cause: &entra.Error{Code: entra.CodeConfig}}
	}
	if wrong := t.scheduleFault(); wrong != nil {
		return wrong
	}
	if t.Folder != "" {
		if wrong := t.folderFault(); wrong != nil {
			return wrong
		}
		t = t.completed()
	}
	err := t.judged()
	if err == nil {
		return nil
	}
	e := &Error{What: err.Error(), cause: err}
	var explained *entra.Error
	if errors.As(err, &explained) {
		e.What, e.Do = explained.Reason, explained.Do
	}
	e.field = t.culprit(err)
	return e
}

// judged asks the adapter, without reading any file that the tenant names.
func (t Tenant) judged() error {
	tenant, err := t.Entra(func(context.Context, entra.Prompt) error { return nil })
	if err != nil {
		return err
	}
	return tenant.Check()
}

// culprit finds the field that an error is about: the one that, put right, makes
// another error of it or none. Every error names the tenant, so its name is
// found by elimination.
func (t Tenant) culprit(said error) string {
	const anID = "11111111-1111-1111-1111-111111111111"
	for _, field := range []struct {
		name string
		mend func(*Tenant)
	}{
		{"tenant-id", func(t *Tenant) { t.TenantID = anID }},
		{"client-id", func(t *Tenant) { t.ClientID = anID }},
		{"cloud", func(t *Tenant) { t.Cloud = "" }},
		{"credential", func(t *Tenant) { t.Credential = Credential{DeviceCode: true} }},
	} {
		mended := t
		field.mend(&mended)
		if err := mended.judged(); err == nil || err.Error() != said.Error() {
			return field.name
		}
	}
	return "name"
}

// Entra gives the tenant as the adapter takes it. prompt shows a device code; it
// is needed by that credential alone. An error says what to do about it.
func (t Tenant) Entra(prompt Prompt) (entra.Tenant, error) {
	if t.Folder != "" {
		return entra.Tenant{}, &entra.Error{
			Code: entra.CodeConfig, Reason: fmt.Sprintf("Tenant %s is read from a folder of exports, so there is nothing to sign in to.", t.Name),
			Do: "`legacyauth serve` watches the folder, and `legacyauth scan --from FOLDER` reads it once.",
		}
	}
	cloud, err := entra.CloudNamed(t.Cloud)
	if err != nil {
		return entra.Tenant{}, err
	}
	credential, err := t.Credential.entra(prompt)
	if err != nil {
		return entra.Tenant{}, &entra.Error{Code: entra.CodeConfig, Reason: fmt.Sprintf("Tenant %s: %v.", t.Name, err), Do: credentialHint}
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
