package entratest

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"
)

// Tenant is one directory: its applications, people, sign-ins and settings.
type Tenant struct {
	// ID is the tenant's GUID.
	ID string
	// Name is the organization's name, as it appears in error messages.
	Name string
	// Domains are names that stand for the tenant in an authority's address.
	Domains []string
	// Free means that the tenant has no P1 or P2 license, so its sign-in log
	// cannot be read through Graph.
	Free bool
	// Apps are the applications that may ask for tokens.
	Apps []App
	// Users may approve device codes and are served at /users/{id}.
	Users []User
	// Rows and JSON are the sign-ins, in any order; both are read once, by
	// Start. JSON takes objects of the beta shape.
	Rows iter.Seq[Row]
	JSON iter.Seq[json.RawMessage]
	// Settings are the resources other than sign-ins.
	Settings Settings
}

// App is an application registered in a tenant, with what it was granted.
type App struct {
	// ClientID is the application's id; ObjectID its service principal's.
	ClientID, ObjectID, Name string
	// Secrets, Certificates and Federations are its credentials.
	Secrets      []Secret
	Certificates []*x509.Certificate
	Federations  []Federation
	// Public allows the device code flow.
	Public bool
	// Identity makes it a managed identity, served by the identity endpoint
	// and without a credential of its own.
	Identity bool
	// Roles are the application permissions granted, by name
	// ("AuditLog.Read.All"); Scopes the delegated ones consented to.
	Roles, Scopes []string
}

// Secret is a client secret; a zero Expires is never.
type Secret struct {
	Value   string
	Expires time.Time
}

// Federation is a federated identity credential: whose assertions count as the
// application's own.
type Federation struct {
	Issuer, Subject string
	// Audience is what the assertion must be made out to; empty means
	// api://AzureADTokenExchange, which Microsoft recommends.
	Audience string
	// Key verifies the assertion's signature.
	Key *rsa.PublicKey
}

// User is a person of the directory.
type User struct {
	ID, UPN, Name string
	// Disabled means that the account is switched off.
	Disabled bool
	// Roles are directory roles by name ("Reports Reader").
	Roles []string
}

func (t *Tenant) validate() error {
	if t.ID == "" {
		return errors.New("a tenant has no ID")
	}
	for i := range t.Apps {
		if t.Apps[i].ClientID == "" {
			return fmt.Errorf("tenant %s: application %d has no ClientID", t.ID, i+1)
		}
		for _, f := range t.Apps[i].Federations {
			if f.Key == nil {
				return fmt.Errorf("tenant %s: application %s: federation with %q has no key", t.ID, t.Apps[i].ClientID, f.Issuer)
			}
		}
	}
	return nil
}

// names are what an authority's address may call the tenant, in lower case.
func (t *Tenant) names() []string {
	names := []string{strings.ToLower(t.ID)}
	for _, d := range t.Domains {
		names = append(names, strings.ToLower(d))
	}
	return names
}

func (t *Tenant) app(clientID string) *App {
	for i := range t.Apps {
		if strings.EqualFold(t.Apps[i].ClientID, clientID) {
			return &t.Apps[i]
		}
	}
	return nil
}

// user finds a person by id or user principal name.
func (t *Tenant) user(name string) *User {
	for i := range t.Users {
		if strings.EqualFold(t.Users[i].ID, name) || strings.EqualFold(t.Users[i].UPN, name) {
			return &t.Users[i]
		}
	}
	return nil
}

func (t *Tenant) label() string {
	if t.Name != "" {
		return t.Name
	}
	return t.ID
}
