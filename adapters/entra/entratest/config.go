package entratest

import (
	"errors"
	"fmt"
	"net"
	"time"
)

// Config says what a Server holds and how it behaves. The zero value of every
// field but Tenants is what Microsoft's services do.
type Config struct {
	// Tenants are the directories to serve, each isolated from the others.
	Tenants []Tenant
	// Throttle is the request budget of the sign-in log.
	Throttle Throttle
	// TokenLife is how long an access token is good for; zero means an hour.
	TokenLife time.Duration
	// SkipTokenLife is how long a nextLink is good for; zero means five
	// minutes, the short end of what Microsoft's support pages say.
	SkipTokenLife time.Duration
	// DeviceCodeLife is how long a device code waits for its person; zero
	// means fifteen minutes.
	DeviceCodeLife time.Duration
	// DeviceCodeInterval is the shortest time between two polls for one device
	// code; a faster client is told slow_down. Zero means that none is too
	// fast, because the Microsoft library itself polls faster than it is told.
	DeviceCodeInterval time.Duration
	// Now is the clock by which tokens, assertions, skip tokens and late rows
	// are judged; nil means time.Now. Limits and delays use the real clock.
	Now func() time.Time
	// Skew is how far the services' clock is ahead of Now.
	Skew time.Duration
	// Compress answers with gzip where the client accepts it, as Graph does.
	Compress bool
	// HTTP2 offers HTTP/2, as Graph does. Without it a reset connection is
	// a TCP reset; with it, a reset stream.
	HTTP2 bool
	// AuthorityAddr, GraphAddr and IdentityAddr are the loopback addresses to
	// listen on; empty means a free port of 127.0.0.1.
	AuthorityAddr, GraphAddr, IdentityAddr string
	// Rules are the misbehavior to start with; see Server.Misbehave.
	Rules []Rule
}

func (c Config) withDefaults() Config {
	c.Throttle = c.Throttle.withDefaults()
	c.TokenLife = orDefault(c.TokenLife, time.Hour)
	c.SkipTokenLife = orDefault(c.SkipTokenLife, 5*time.Minute)
	c.DeviceCodeLife = orDefault(c.DeviceCodeLife, 15*time.Minute)
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

func orDefault(d, otherwise time.Duration) time.Duration {
	if d == 0 {
		return otherwise
	}
	return d
}

func (c Config) validate() error {
	if len(c.Tenants) == 0 {
		return errors.New("no tenant to serve: set Config.Tenants")
	}
	for _, address := range []string{c.AuthorityAddr, c.GraphAddr, c.IdentityAddr} {
		if err := loopback(address); err != nil {
			return err
		}
	}
	names := make(map[string]string)
	for i := range c.Tenants {
		t := &c.Tenants[i]
		if err := t.validate(); err != nil {
			return err
		}
		for _, name := range t.names() {
			if other, taken := names[name]; taken && other != t.ID {
				return fmt.Errorf("tenants %s and %s are both called %q", other, t.ID, name)
			}
			names[name] = t.ID
		}
	}
	return nil
}

// loopback refuses an address that another machine could reach: the server
// hands tokens to whoever knows a test's secret.
func loopback(address string) error {
	if address == "" {
		return nil
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("listen address %q: %w", address, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("listen address %q is not a loopback address: use 127.0.0.1", address)
	}
	return nil
}
