package config

import (
	"context"
	"errors"

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
	if len(given) != 1 {
		return nil, errors.New("name exactly one credential: certificate, secret, federation, managed-identity or device-code: true")
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
