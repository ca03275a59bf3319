package entratest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
)

// Client makes an HTTP client that trusts the server's certificate and reaches
// the server under its own addresses and under the real names of the services
// (login.microsoftonline.com, graph.microsoft.com, the national clouds' and
// 169.254.169.254). Any other name is refused, so no test leaves the machine.
// It has no timeout. Close closes its idle connections.
func (s *Server) Client() *http.Client {
	transport := &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: s.trust.pool, MinVersion: tls.VersionTLS12},
		DialContext:     s.dial,
		Protocols:       s.protocols(),
	}
	s.mu.Lock()
	s.transports = append(s.transports, transport)
	s.mu.Unlock()
	return &http.Client{Transport: transport}
}

// RootCAs is the pool that holds the server's own certification authority.
func (s *Server) RootCAs() *x509.CertPool { return s.trust.pool.Clone() }

// CertificatePEM is the server's certification authority as PEM, for a program
// that takes a file of trusted certificates.
func (s *Server) CertificatePEM() []byte { return append([]byte(nil), s.trust.pem...) }

func (s *Server) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("dial %q: %w", address, err)
	}
	if to, known := s.routes[host]; known {
		address = to
	} else if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("no route to %s: a test tenant's client stays on this machine", address)
	}
	var d net.Dialer
	return d.DialContext(ctx, network, address)
}
