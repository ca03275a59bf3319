package entra

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // the portal lists certificates by their SHA-1
	"crypto/x509"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
)

// Certificate signs in as an app registration with a certificate and its RSA
// private key.
type Certificate struct {
	// File is PEM or PFX (PKCS #12); which one is seen from its content.
	File string
	// KeyFile is a PEM file with the private key, when File does not hold it.
	KeyFile string
	// Password opens a PFX file; not set means that it has none. An encrypted
	// key in PEM is not supported, by MSAL's choice.
	Password Source
	// SendChain sends the whole chain along, for an app registration that trusts
	// an issuer and subject name rather than one certificate.
	SendChain bool
}

// Kind is "certificate".
func (Certificate) Kind() string { return "certificate" }

func (c Certificate) check(t Tenant) error {
	if c.File == "" {
		return t.configError("It has no certificate file.", "Name a PEM or PFX file.")
	}
	return needClient(t)
}

func (c Certificate) open(s setup) (login, error) {
	certificates, key, err := c.load()
	if err != nil {
		return login{}, err
	}
	own := matching(certificates, key)
	if own == nil {
		return login{}, c.unusable("The private key in %s belongs to none of its certificates.", "Put the certificate that was made for this key into the file.")
	}
	what := fmt.Sprintf("certificate %s (thumbprint %X)", filepath.Base(c.File), sha1.Sum(own.Raw)) //nolint:gosec // see the import
	if err := current(own, what, s); err != nil {
		return login{}, err
	}
	credential, err := confidential.NewCredFromCert(certificates, key)
	if err != nil {
		return login{}, c.unusable("The sign-in library does not accept the certificate in %s.", "Make one with an RSA key of 2048 bits or more.")
	}
	var extra []confidential.Option
	if c.SendChain {
		extra = append(extra, confidential.WithX5C())
	}
	return s.confidential(credential, login{what: what, ends: own.NotAfter}, extra...)
}

func (c Certificate) load() ([]*x509.Certificate, crypto.PrivateKey, error) {
	raw, err := readSmall(c.File)
	if err != nil {
		return nil, nil, err
	}
	if !bytes.Contains(raw, []byte("-----BEGIN")) {
		return c.loadPFX(raw)
	}
	if c.KeyFile != "" {
		key, err := readSmall(c.KeyFile)
		if err != nil {
			return nil, nil, err
		}
		raw = append(append(raw, '\n'), key...)
	}
	certificates, key, err := confidential.CertFromPEM(raw, "")
	if err != nil {
		return nil, nil, c.pemRefused(raw)
	}
	return certificates, key, nil
}

// pemRefused explains what MSAL could not read, from the file rather than from
// MSAL's text.
func (c Certificate) pemRefused(raw []byte) *Error {
	switch {
	case bytes.Contains(raw, []byte("ENCRYPTED")):
		return c.unusable("The private key in %s is encrypted, which is supported for PFX files only.",
			"Decrypt it and protect the file itself: `openssl pkey -in encrypted.pem -out key.pem`, mode 0600.")
	case !bytes.Contains(raw, []byte("BEGIN CERTIFICATE")):
		return c.unusable("There is no certificate in %s.", "Put the certificate and its private key into one PEM file: `cat app.crt app.key > app.pem`.")
	case !bytes.Contains(raw, []byte("PRIVATE KEY")):
		return c.unusable("There is no private key in %s.", "Put the certificate and its private key into one PEM file: `cat app.crt app.key > app.pem`.")
	}
	return c.unusable("A certificate or private key in %s cannot be read.", "Write it anew: `openssl pkey -in app.key` and `openssl x509 -in app.crt` show which one is damaged. Entra needs an RSA key.")
}

func (c Certificate) loadPFX(raw []byte) ([]*x509.Certificate, crypto.PrivateKey, error) {
	var password Secret
	if c.Password.Given() {
		var err error
		if password, err = c.Password.Read(); err != nil {
			return nil, nil, err
		}
	}
	certificates, key, err := decodePFX(raw, password)
	switch {
	case err == nil:
		return certificates, key, nil
	case errors.Is(err, errPFXPassword) && password.Empty():
		return nil, nil, c.unusable("The file %s has a password.", "Name the environment variable or file that holds it.")
	case errors.Is(err, errPFXPassword):
		return nil, nil, c.unusable("The password in "+c.Password.String()+" does not open %s.", "Check the password.")
	}
	return nil, nil, c.unusable("The file %s is neither PEM nor PFX.", "Export the certificate with its private key, as PFX or PEM.")
}

func (c Certificate) unusable(reason, do string) *Error {
	return &Error{Code: CodeCertificateFile, Reason: fmt.Sprintf(reason, c.File), Do: do}
}

// matching is the certificate made for the key, nil when there is none.
func matching(certificates []*x509.Certificate, key crypto.PrivateKey) *x509.Certificate {
	private, ok := key.(*rsa.PrivateKey)
	if !ok {
		return nil
	}
	for _, c := range certificates {
		if private.PublicKey.Equal(c.PublicKey) {
			return c
		}
	}
	return nil
}

// current refuses a certificate outside its time, before Microsoft does.
func current(c *x509.Certificate, what string, s setup) error {
	now := s.opt.Now()
	w := *s.words
	w.credential = what
	switch {
	case now.After(c.NotAfter):
		e := w.explained(CodeCertificateExpired, strings.TrimSuffix(certificateExpired, ".")+" on "+c.NotAfter.UTC().Format(time.DateOnly)+".", newCertificate)
		return e
	case now.Before(c.NotBefore):
		return w.explained(CodeClockSkew, "By this machine's clock the {credential} is not valid before "+c.NotBefore.UTC().Format(time.RFC3339)+".", "Compare this machine's clock with the right time.")
	}
	return nil
}
