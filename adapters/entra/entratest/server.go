package entratest

import (
	"context"
	"crypto/rsa"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Server is a running authority, Graph and identity endpoint. Its methods may
// be called at any time from any goroutine.
type Server struct {
	config  Config
	trust   trust
	signing *rsa.PrivateKey
	keyID   string
	seal    sealer
	log     journal
	budget  budget
	harm    mishaps
	codes   deviceCodes
	seen    replays
	routes  map[string]string // well-known host to listening address

	authority, graph, identity, foreign string // listening addresses

	mu         sync.Mutex
	skew       time.Duration
	tenants    map[string]*directory // by every name, lower case
	transports []*http.Transport

	servers []*http.Server
	serving sync.WaitGroup
	done    chan struct{}
	closing sync.Once
}

// Start makes a server and listens. Every address and certificate is new, and
// two servers do not accept each other's tokens. The caller closes it.
func Start(config Config) (*Server, error) {
	if err := config.validate(); err != nil {
		return nil, fmt.Errorf("start a test tenant: %w", err)
	}
	s := &Server{config: config.withDefaults(), done: make(chan struct{})}
	if err := s.prepare(); err != nil {
		return nil, fmt.Errorf("start a test tenant: %w", err)
	}
	if err := s.listen(); err != nil {
		return nil, errors.Join(fmt.Errorf("start a test tenant: %w", err), s.Close())
	}
	return s, nil
}

func (s *Server) prepare() error {
	var err error
	names := append(append(authorityNames(), graphNames()...), foreignHost)
	if s.trust, err = newTrust(names); err != nil {
		return err
	}
	if s.signing, err = signingKey(); err != nil {
		return err
	}
	if s.seal, err = newSealer(); err != nil {
		return err
	}
	s.keyID = newGUID()
	s.skew = s.config.Skew
	s.budget.limits = s.config.Throttle
	s.Misbehave(s.config.Rules...)
	s.tenants = make(map[string]*directory)
	for i := range s.config.Tenants {
		d, err := newDirectory(s.config.Tenants[i])
		if err != nil {
			return err
		}
		for _, name := range d.tenant.names() {
			s.tenants[name] = d
		}
	}
	return nil
}

func (s *Server) listen() error {
	protected := &tls.Config{Certificates: []tls.Certificate{s.trust.leaf}, MinVersion: tls.VersionTLS12}
	for _, l := range []struct {
		address string
		at      *string
		tls     *tls.Config
		handler http.HandlerFunc
	}{
		{s.config.AuthorityAddr, &s.authority, protected, s.serveAuthority},
		{s.config.GraphAddr, &s.graph, protected, s.serveGraph},
		{s.config.IdentityAddr, &s.identity, nil, s.serveIdentity},
		{"", &s.foreign, protected, s.serveForeign},
	} {
		at, err := s.serve(l.address, l.tls, l.handler)
		if err != nil {
			return err
		}
		*l.at = at
	}
	s.routes = map[string]string{identityHost: s.identity, foreignHost: s.foreign}
	for _, name := range authorityNames() {
		s.routes[name] = s.authority
	}
	for _, name := range graphNames() {
		s.routes[name] = s.graph
	}
	return nil
}

func (s *Server) serve(address string, protected *tls.Config, handler http.HandlerFunc) (string, error) {
	if address == "" {
		address = "127.0.0.1:0"
	}
	var lc net.ListenConfig
	listener, err := lc.Listen(context.Background(), "tcp", address)
	if err != nil {
		return "", fmt.Errorf("listen on %s: %w", address, err)
	}
	at := listener.Addr().String()
	server := &http.Server{
		Handler:           handler,
		TLSConfig:         protected.Clone(),
		ReadHeaderTimeout: time.Minute,
		// A client that distrusts the certificate is a case under test, not news.
		ErrorLog:  log.New(io.Discard, "", 0),
		Protocols: s.protocols(),
	}
	s.servers = append(s.servers, server)
	s.serving.Go(func() {
		if protected == nil {
			_ = server.Serve(listener)
			return
		}
		_ = server.ServeTLS(listener, "", "")
	})
	return at, nil
}

func (s *Server) protocols() *http.Protocols {
	var p http.Protocols
	p.SetHTTP1(true)
	p.SetHTTP2(s.config.HTTP2)
	return &p
}

// Close ends every connection and waits for the listeners. It may be called
// twice.
func (s *Server) Close() error {
	var errs []error
	s.closing.Do(func() {
		close(s.done)
		for _, server := range s.servers {
			errs = append(errs, server.Close())
		}
		s.mu.Lock()
		transports := s.transports
		s.mu.Unlock()
		for _, t := range transports {
			t.CloseIdleConnections()
		}
		s.serving.Wait()
	})
	return errors.Join(errs...)
}

// AuthorityURL is the authority's address without a tenant; the Microsoft
// libraries want a slash and the tenant's id appended.
func (s *Server) AuthorityURL() string { return "https://" + s.authority }

// GraphURL is Graph's address without a version.
func (s *Server) GraphURL() string { return "https://" + s.graph }

// ForeignURL is the address of a host that no token may be sent to: it answers
// with an empty page and records what it is shown.
func (s *Server) ForeignURL() string { return "https://" + s.foreign }

// PlainURL is an address of the server without TLS, where no token may be sent
// either.
func (s *Server) PlainURL() string { return "http://" + s.identity }

// SetSkew sets how far the services' clock is ahead of Config.Now from now on.
func (s *Server) SetSkew(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.skew = d
}

func (s *Server) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.config.Now().Add(s.skew)
}

// tenant finds a directory by its id or one of its domains, or returns nil.
func (s *Server) tenant(name string) *directory {
	return s.tenants[strings.ToLower(name)]
}
