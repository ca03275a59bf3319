package entra

import (
	"fmt"
	"os"
	"strings"
)

// maxSecretFile bounds a file holding a secret, an assertion or a certificate.
const maxSecretFile = 1 << 20

// Source says where a secret is kept. Exactly one field is set; arguments and
// the configuration file itself are never a place for one.
type Source struct {
	Env  string // name of an environment variable
	File string // path of a file holding nothing else
}

// Given reports whether a place is named.
func (s Source) Given() bool { return s.Env != "" || s.File != "" }

// String names the place, never what is in it.
func (s Source) String() string {
	if s.Env != "" {
		return "environment variable " + s.Env
	}
	return "file " + s.File
}

// Read fetches the secret. White space around it is dropped, because editors and
// `echo` add a line end. An empty secret is an error.
func (s Source) Read() (Secret, error) {
	if s.Env != "" && s.File != "" {
		return Secret{}, configError(
			fmt.Sprintf("A secret is to be read both from environment variable %s and from file %s.", s.Env, s.File),
			"Name one of the two.")
	}
	if !s.Given() {
		return Secret{}, configError("No place is named to read a secret from.",
			"Name an environment variable or a file.")
	}
	if s.Env != "" {
		value := strings.TrimSpace(os.Getenv(s.Env))
		if value == "" {
			return Secret{}, configError(
				fmt.Sprintf("Environment variable %s is empty or not set.", s.Env),
				fmt.Sprintf("Set %s for the process that runs legacyauth, or name a file instead.", s.Env))
		}
		return NewSecret(value), nil
	}
	raw, err := readSmall(s.File)
	if err != nil {
		return Secret{}, err
	}
	value := strings.TrimSpace(string(raw))
	if value == "" {
		return Secret{}, configError(fmt.Sprintf("File %s is empty.", s.File),
			"Write the secret into it, and nothing else.")
	}
	return NewSecret(value), nil
}

// readSmall reads a file that a person placed for us, with an error that says
// which file and what to do, and nothing of its content.
func readSmall(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case os.IsNotExist(err):
		return nil, configError(fmt.Sprintf("File %s does not exist.", path), "Correct the path, or put the file there.")
	case err != nil:
		return nil, configError(fmt.Sprintf("File %s cannot be read.", path), "Give the account that runs legacyauth read access to it.")
	case info.IsDir():
		return nil, configError(fmt.Sprintf("%s is a folder.", path), "Name the file inside it.")
	case info.Size() > maxSecretFile:
		return nil, configError(fmt.Sprintf("File %s has %d bytes; a credential has at most %d.", path, info.Size(), maxSecretFile), "Name the right file.")
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, configError(fmt.Sprintf("File %s cannot be read.", path), "Give the account that runs legacyauth read access to it.")
	}
	return raw, nil
}
