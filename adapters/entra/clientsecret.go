package entra

import (
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
)

// ClientSecret signs in as an app registration with its secret.
type ClientSecret struct {
	From Source
}

// Kind is "secret".
func (ClientSecret) Kind() string { return "secret" }

func (c ClientSecret) check(t Tenant) error {
	if !c.From.Given() {
		return t.configError("It has no place to read the client secret from.", "Name an environment variable or a file.")
	}
	return needClient(t)
}

func (c ClientSecret) open(s setup) (login, error) {
	secret, err := c.From.Read()
	if err != nil {
		return login{}, err
	}
	// The portal shows the secret's ID beside its value, and people copy it.
	if guid().MatchString(secret.reveal()) {
		return login{}, &Error{
			Code:   CodeSecretWrong,
			Reason: "What " + c.From.String() + " holds is the ID of a client secret, not its value.",
			Do:     "Use the value, which is shown only when the secret is made: `az ad app credential reset --id " + s.tenant.ClientID + " --append` makes a new one.",
		}
	}
	credential, err := confidential.NewCredFromSecret(secret.reveal())
	if err != nil {
		return login{}, s.tenant.configError("The sign-in library does not accept the client secret.", "Check "+c.From.String()+".")
	}
	return s.confidential(credential, login{what: c.From.String()})
}
