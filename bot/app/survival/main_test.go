package survival

import (
	"crypto/x509"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"legacyauth/adapters/chat/chattest"
	"legacyauth/adapters/entra"
	"legacyauth/bot/app"
	"legacyauth/bot/serve"
)

// variable names the file that describes the surroundings of a program that a
// test has started. Where it is set this binary is that program.
const variable = "LEGACYAUTH_TEST_SURROUNDINGS"

// TestMain is the tests, or the program in the surroundings that a test made.
func TestMain(m *testing.M) {
	path := os.Getenv(variable)
	if path == "" {
		os.Exit(m.Run())
	}
	program, err := inside(path)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(program.Run(os.Args[1:]))
}

// surroundings are what a program finds around it.
type surroundings struct {
	// Clock is a file that says by how many nanoseconds the clock of all programs
	// is ahead, Skew by how much more that of this one is.
	Clock string
	Skew  time.Duration
	// Channel is the address of the channel.
	Channel string
	// Authority, Graph and Trusted are the tenant's addresses and certificate;
	// empty where it is a folder.
	Authority, Graph string
	Trusted          []byte
}

// inside gives the program in the surroundings that the file describes.
func inside(path string) (*app.Main, error) {
	var s surroundings
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, err
	}
	program := app.New()
	program.Now = func() time.Time { return time.Now().Add(s.Skew + ahead(s.Clock)) }
	program.Platforms = []serve.Platform{{Name: platform, Sender: chattest.Dial(s.Channel, time.Second)}}
	if s.Graph != "" {
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(s.Trusted)
		program.Entra = entra.Options{RootCAs: pool, Authority: s.Authority, GraphURL: s.Graph, Backoff: 10 * time.Millisecond}
	}
	return program, nil
}

// ahead reads a clock file; it is replaced in one step, so there always is one.
func ahead(path string) time.Duration {
	text, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		panic(err)
	}
	return time.Duration(n)
}
