package entra

import (
	"context"
	"strings"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
)

// Federation signs in as an app registration with an assertion that another
// identity provider writes into a file, such as Kubernetes with workload
// identity (AZURE_FEDERATED_TOKEN_FILE). The file is read again for every token,
// so its rotation needs no restart.
type Federation struct {
	File string
}

// Kind is "federation".
func (Federation) Kind() string { return "federation" }

func (f Federation) check(t Tenant) error {
	if f.File == "" {
		return t.configError("It has no file to read the federation assertion from.", "Name the file; in Kubernetes AZURE_FEDERATED_TOKEN_FILE says which.")
	}
	return needClient(t)
}

func (f Federation) open(s setup) (login, error) {
	if _, err := f.assertion(); err != nil {
		return login{}, err
	}
	return s.confidential(confidential.NewCredFromAssertionCallback(
		func(context.Context, confidential.AssertionRequestOptions) (string, error) {
			assertion, err := f.assertion()
			return assertion.reveal(), err
		}), login{what: "file " + f.File})
}

// assertion reads the file now.
func (f Federation) assertion() (Secret, error) {
	assertion, err := Source{File: f.File}.Read()
	if err != nil {
		return Secret{}, err
	}
	if strings.Count(assertion.reveal(), ".") != 2 {
		return Secret{}, configError("File "+f.File+" does not hold an assertion (three parts with dots between).", "Name the file that the identity provider writes the token into.")
	}
	return assertion, nil
}
