package entratest

import (
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"strings"
)

// serveAuthority is the token service: discovery documents, its keys, tokens
// and device codes.
func (s *Server) serveAuthority(w http.ResponseWriter, r *http.Request) {
	e, alive := s.log.begin(Authority, r)
	out := newAnswer(s, w, r, e)
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	formErr := r.ParseForm()
	s.watch(e, Authority, r)
	if !alive {
		out.abort()
		return
	}
	name, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	e.note(func(r *Request) { r.Tenant, r.App = name, "" })
	m := s.harm.meet(question{part: Authority, tenant: name, path: "/" + path})
	if m != (Mishap{}) && !out.suffer(m) {
		return
	}
	out.Header().Set("Content-Type", "application/json; charset=utf-8")
	switch {
	case m.Status != 0:
		s.trouble(out, m)
	case formErr != nil:
		s.fail(out, refusedRequest(900144, "invalid_request", "The request body could not be read."))
	case name == "common" && path == "discovery/instance":
		s.instanceDiscovery(out)
	case s.tenant(name) == nil:
		s.fail(out, noTenant(name))
	default:
		s.serveTenant(out, s.tenant(name), name, path)
	}
}

func (s *Server) serveTenant(out *answer, d *directory, name, path string) {
	get := out.r.Method == http.MethodGet
	switch {
	case get && path == "v2.0/.well-known/openid-configuration":
		s.sendJSON(out, s.configuration(d, out.r.Host, name))
	case get && path == "discovery/v2.0/keys":
		s.sendJSON(out, s.keys())
	case !get && path == "oauth2/v2.0/token":
		s.token(out, d)
	case !get && path == "oauth2/v2.0/devicecode":
		s.deviceCode(out, d)
	default:
		s.fail(out, &failure{http.StatusNotFound, 900561, "invalid_request", "The endpoint does not accept this request."})
	}
}

// trouble answers with an error that is none of the authority's own.
func (s *Server) trouble(out *answer, m Mishap) {
	if m.RetryAfter != "" {
		out.Header().Set("Retry-After", m.RetryAfter)
	}
	if m.Code != "" {
		s.fail(out, &failure{m.Status, 0, m.Code, m.Message})
		return
	}
	s.fail(out, &failure{m.Status, 90033, "temporarily_unavailable", "A transient error has occurred. Please try again."})
}

// configuration is the OpenID discovery document. Its addresses are those the
// client called, so that it works under the real name too.
func (s *Server) configuration(d *directory, host, name string) map[string]any {
	base := "https://" + host + "/" + name
	return map[string]any{
		"token_endpoint":                        base + "/oauth2/v2.0/token",
		"token_endpoint_auth_methods_supported": []string{"client_secret_post", "private_key_jwt"},
		"jwks_uri":                              base + "/discovery/v2.0/keys",
		"response_modes_supported":              []string{"query", "fragment", "form_post"},
		"subject_types_supported":               []string{"pairwise"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"response_types_supported":              []string{"code", "id_token", "code id_token", "id_token token"},
		"scopes_supported":                      []string{"openid", "profile", "email", "offline_access"},
		"issuer":                                "https://" + host + "/" + d.view().ID + "/v2.0",
		"request_uri_parameter_supported":       false,
		"authorization_endpoint":                base + "/oauth2/v2.0/authorize",
		"device_authorization_endpoint":         base + "/oauth2/v2.0/devicecode",
		"tenant_region_scope":                   "EU",
		"cloud_instance_name":                   "microsoftonline.com",
		"cloud_graph_host_name":                 "graph.windows.net",
		"msgraph_host":                          strings.TrimPrefix(s.GraphURL(), "https://"),
	}
}

// instanceDiscovery says which hosts are one authority.
func (s *Server) instanceDiscovery(out *answer) {
	asked := strings.TrimPrefix(out.r.URL.Query().Get("authorization_endpoint"), "https://")
	host, rest, _ := strings.Cut(asked, "/")
	name, _, _ := strings.Cut(rest, "/")
	if host != s.authority && s.routes[host] != s.authority {
		s.fail(out, refusedRequest(50049, "invalid_instance", "Unknown or invalid instance."))
		return
	}
	s.sendJSON(out, map[string]any{
		"tenant_discovery_endpoint": "https://" + host + "/" + name + "/v2.0/.well-known/openid-configuration",
		"api-version":               "1.1",
		"metadata": []map[string]any{
			{"preferred_network": host, "preferred_cache": host, "aliases": []string{host}},
		},
	})
}

// keys are what the tokens' signatures are checked with.
func (s *Server) keys() map[string]any {
	encode := base64.RawURLEncoding.EncodeToString
	return map[string]any{"keys": []map[string]string{{
		"kty": "RSA", "use": "sig", "kid": s.keyID,
		"n": encode(s.signing.N.Bytes()),
		"e": encode(big.NewInt(int64(s.signing.E)).Bytes()),
	}}}
}

func (s *Server) sendJSON(out *answer, v any) { s.sendStatus(out, http.StatusOK, v) }

func (s *Server) sendStatus(out *answer, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		out.abort()
		return
	}
	out.send(status, body)
}
