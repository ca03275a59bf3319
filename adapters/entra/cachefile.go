package entra

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// cacheFile is one tenant's file of tokens, readable by its owner only.
type cacheFile struct {
	path string
	seal *seal // nil leaves it in clear text
}

// openCache names the file of a tenant and sign-in; nil when no folder is set.
// It touches the disk only to make the folder.
func openCache(t Tenant, o Options) (*cacheFile, error) {
	if o.CacheDir == "" {
		return nil, nil
	}
	if err := os.MkdirAll(o.CacheDir, 0o700); err != nil {
		return nil, configError(fmt.Sprintf("The folder %s for tokens cannot be made.", o.CacheDir), "Name a folder that the account running legacyauth may write.")
	}
	owner := strings.ToLower(strings.Join([]string{t.cloud().Name, t.TenantID, t.ClientID, t.Credential.Kind()}, "|"))
	sum := sha256.Sum256([]byte(owner))
	f := &cacheFile{path: filepath.Join(o.CacheDir, "tokens-"+hex.EncodeToString(sum[:8]))}
	if o.CacheKey.Empty() {
		return f, nil
	}
	var err error
	f.seal, err = newSeal(o.CacheKey, owner)
	return f, err
}

// read gives nothing and no error when there is no file yet.
func (f *cacheFile) read() ([]byte, error) {
	raw, err := os.ReadFile(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("file %s cannot be read", f.path)
	case sealed(raw) && f.seal == nil:
		return nil, fmt.Errorf("file %s is encrypted and no key is set", f.path)
	case sealed(raw):
		clear, err := f.seal.open(raw)
		if err != nil {
			return nil, fmt.Errorf("file %s is encrypted with another key or damaged", f.path)
		}
		return clear, nil
	}
	return raw, nil
}

// write replaces the file at once: a reader sees the old one or the new one.
func (f *cacheFile) write(content []byte) error {
	if f.seal != nil {
		content = f.seal.close(content)
	}
	failed := fmt.Errorf("file %s cannot be written", f.path)
	// CreateTemp makes files with mode 0600.
	temporary, err := os.CreateTemp(filepath.Dir(f.path), filepath.Base(f.path)+".*")
	if err != nil {
		return failed
	}
	_, err = temporary.Write(content)
	if err == nil {
		err = temporary.Sync()
	}
	if closed := temporary.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(temporary.Name(), f.path)
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
		return failed
	}
	return nil
}
