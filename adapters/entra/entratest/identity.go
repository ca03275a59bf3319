package entratest

import (
	"net/http"
	"strconv"
)

const (
	appServicePath = "/MSI/token"
	metadataPath   = "/metadata/identity/oauth2/token"
)

// IdentityEndpoint is the address of an App Service's managed identity and the
// header value it wants: IDENTITY_ENDPOINT and IDENTITY_HEADER.
func (s *Server) IdentityEndpoint() (address, header string) {
	return s.PlainURL() + appServicePath, s.keyID
}

// MetadataURL is the address of a virtual machine's managed identity, which
// clients of Server.Client find at its real address, 169.254.169.254.
func (s *Server) MetadataURL() string { return s.PlainURL() + metadataPath }

// serveIdentity gives out the tokens of managed identities, without TLS as in
// life, to whom can send the header that a browser cannot.
func (s *Server) serveIdentity(w http.ResponseWriter, r *http.Request) {
	e, alive := s.log.begin(Identity, r)
	out := newAnswer(s, w, r, e)
	s.watch(e, Identity, r)
	if !alive {
		out.abort()
		return
	}
	m := s.harm.meet(question{part: Identity, path: r.URL.Path})
	if m != (Mishap{}) && !out.suffer(m) {
		return
	}
	out.Header().Set("Content-Type", "application/json; charset=utf-8")
	query := r.URL.Query()
	t, a := s.managed(query.Get("client_id"))
	refused := s.identityRefusal(r)
	switch {
	case m.Status != 0:
		refused = &failure{status: m.Status, kind: "unknown", message: "An internal server error occurred."}
	case refused == nil && a == nil:
		refused = &failure{status: http.StatusBadRequest, kind: "invalid_request", message: "Identity not found"}
	}
	if refused != nil {
		s.sendStatus(out, refused.status, map[string]string{"error": refused.kind, "error_description": refused.message})
		return
	}
	e.note(func(r *Request) { r.Tenant, r.App = t.ID, a.ClientID })
	token, err := s.issue(t, a, nil, query.Get("resource"))
	if err != nil {
		out.abort()
		return
	}
	now, life := s.now(), s.config.TokenLife
	answer := map[string]string{
		"access_token": token, "client_id": a.ClientID, "resource": query.Get("resource"), "token_type": "Bearer",
		"expires_on": strconv.FormatInt(now.Add(life).Unix(), 10), "not_before": strconv.FormatInt(now.Unix(), 10),
	}
	if r.URL.Path == metadataPath {
		answer["expires_in"] = strconv.Itoa(int(life.Seconds()))
		answer["ext_expires_in"] = answer["expires_in"]
	}
	s.sendJSON(out, answer)
}

// identityRefusal says what is wrong with a request for a managed identity's
// token, or nil.
func (s *Server) identityRefusal(r *http.Request) *failure {
	bad := func(status int, kind, message string) *failure {
		return &failure{status: status, kind: kind, message: message}
	}
	query := r.URL.Query()
	_, header := s.IdentityEndpoint()
	switch {
	case r.URL.Path != metadataPath && r.URL.Path != appServicePath:
		return bad(http.StatusNotFound, "not_found", "There is nothing here.")
	case r.URL.Path == appServicePath && r.Header.Get("X-IDENTITY-HEADER") != header:
		return bad(http.StatusForbidden, "invalid_request", "The header X-IDENTITY-HEADER is missing or wrong.")
	case r.URL.Path == metadataPath && (r.Header.Get("Metadata") != "true" || r.Header.Get("X-Forwarded-For") != ""):
		return bad(http.StatusBadRequest, "bad_request_102", "Required metadata header not specified")
	case query.Get("api-version") == "" || query.Get("resource") == "":
		return bad(http.StatusBadRequest, "invalid_request", "Required query variable 'resource' or 'api-version' is missing")
	case !s.isGraph(query.Get("resource")):
		return bad(http.StatusBadRequest, "invalid_resource", "AADSTS500011: The resource principal named "+query.Get("resource")+" was not found in the tenant.")
	default:
		return nil
	}
}

// managed finds the managed identity with a client id, or the machine's own
// when none is named.
func (s *Server) managed(clientID string) (*Tenant, *App) {
	for i := range s.config.Tenants {
		t := s.tenant(s.config.Tenants[i].ID).view()
		for j := range t.Apps {
			if a := &t.Apps[j]; a.Identity && (clientID == "" || a.ClientID == clientID) {
				return &t, a
			}
		}
	}
	return nil, nil
}
