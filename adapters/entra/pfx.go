package entra

import (
	"crypto"
	"crypto/x509"
	"errors"

	"software.sslmate.com/src/go-pkcs12"
)

// errPFXPassword says that the password does not open the file. Any other error
// of decodePFX means that the file is not PFX.
var errPFXPassword = errors.New("wrong password")

// decodePFX takes a PFX file apart, in the old encryption (RC2, 3DES) of Windows
// as well as the new one (AES) of OpenSSL 3. The decoder's own errors are not
// passed on, because they may quote the file.
func decodePFX(raw []byte, password Secret) ([]*x509.Certificate, crypto.PrivateKey, error) {
	key, own, chain, err := pkcs12.DecodeChain(raw, password.reveal())
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword), errors.Is(err, pkcs12.ErrDecryption):
		return nil, nil, errPFXPassword
	case err != nil:
		return nil, nil, errors.New("not a PFX file")
	}
	return append([]*x509.Certificate{own}, chain...), key, nil
}
