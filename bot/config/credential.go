package config

import (
	"context"
	"errors"
	"fmt"

	"legacyauth/adapters/entra"
)

// Credential says how to sign in to a tenant; exactly one of its fields is set.
type Credential struct {
	Certificate     *Certificate     `yaml:"certificate"`
	Secret          *Place           `yaml:"secret"`
	Federation      *Federation      `yaml:"federation"`
	ManagedIdentity *ManagedIdentity `yaml:"managed-identity"`
	DeviceCode      bool             `yaml:"device-code"`
}

// credentialHint is what to do about a credential that is missing, empty or not
// the only one.
const credentialHint = "Name exactly one under credential: certificate, secret, federation, managed-identity (nothing under it is the system-assigned one) or device-code: true."

// UnmarshalYAML tells a credential with nothing under it from one that is not
// there: an empty managed-identity is the system-assigned one, and any other is
// not finished.
func (c *Credential) UnmarshalYAML(unmarshal func(any) error) error {
	type plain Credential
	var p plain
	if err := unmarshal(&p); err != nil {
		return refused("", 0, err, Credential{})
	}
	var given map[string]any
	if err := unmarshal(&given); err != nil {
		return err
	}
	for name, value := range given {
		if value != nil {
			continue
		}
		if name != "managed-identity" {
			return &Error{What: fmt.Sprintf("The credential %s has nothing under it.", name), Do: credentialHint, field: "credential"}
		}
		p.ManagedIdentity = &ManagedIdentity{}
	}
	*c = Credential(p)
	return nil
}

// Certificate is a PEM or PFX file.
type Certificate struct {
	File      string `yaml:"file"`
	KeyFile   string `yaml:"key-file"`
	Password  Place  `yaml:"password"`
	SendChain bool   `yaml:"send-chain"`
}

// Federation is a file that another identity provider keeps an assertion in.
type Federation struct {
	File string `yaml:"file"`
}

// ManagedIdentity names a user-assigned identity by one field; none is the
// system-assigned one.
type ManagedIdentity struct {
	ClientID   string `yaml:"client-id"`
	ObjectID   string `yaml:"object-id"`
	ResourceID string `yaml:"resource-id"`
}

// Prompt shows a device code to a person.
type Prompt func(ctx context.Context, p entra.Prompt) error

func (c Credential) entra(prompt Prompt) (entra.Credential, error) {
	var given []entra.Credential
	if k := c.Certificate; k != nil {
		given = append(given, entra.Certificate{File: k.File, KeyFile: k.KeyFile, Password: k.Password.source(), SendChain: k.SendChain})
	}
	if c.Secret != nil {
		given = append(given, entra.ClientSecret{From: c.Secret.source()})
	}
	if c.Federation != nil {
		given = append(given, entra.Federation{File: c.Federation.File})
	}
	if k := c.ManagedIdentity; k != nil {
		given = append(given, entra.ManagedIdentity{ClientID: k.ClientID, ObjectID: k.ObjectID, ResourceID: k.ResourceID})
	}
	if c.DeviceCode {
		given = append(given, entra.DeviceCode{Prompt: prompt})
	}
	switch {
	case len(given) == 0:
		return nil, errors.New("it has no credential")
	case len(given) > 1:
		return nil, fmt.Errorf("it has %d credentials", len(given))
	}
	return given[0], nil
}

// place hands every path of the credential to at.
func (c Credential) place(at func(*string)) {
	if k := c.Certificate; k != nil {
		at(&k.File)
		at(&k.KeyFile)
		at(&k.Password.File)
	}
	if c.Secret != nil {
		at(&c.Secret.File)
	}
	if c.Federation != nil {
		at(&c.Federation.File)
	}
}

func (p Place) source() entra.Source { return entra.Source{Env: p.Env, File: p.File} }
