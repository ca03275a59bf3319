package entratest

import (
	"crypto/subtle"
	"net/url"
	"strings"
)

// granted is the token endpoint's answer.
type granted struct {
	Type         string `json:"token_type"`
	Scope        string `json:"scope,omitempty"`
	ExpiresIn    int    `json:"expires_in"`
	ExtExpiresIn int    `json:"ext_expires_in"`
	Access       string `json:"access_token"`
	Refresh      string `json:"refresh_token,omitempty"`
	Identity     string `json:"id_token,omitempty"`
	ClientInfo   string `json:"client_info,omitempty"`
}

// token answers the token endpoint.
func (s *Server) token(out *answer, d *directory) {
	form, t := out.r.PostForm, d.view()
	answer, failed := s.grant(form, &t)
	out.entry.note(func(r *Request) { r.Tenant, r.App = t.ID, form.Get("client_id") })
	if failed != nil {
		s.fail(out, failed)
		return
	}
	s.sendJSON(out, answer)
}

func (s *Server) grant(form url.Values, t *Tenant) (*granted, *failure) {
	if form.Get("client_id") == "" {
		return nil, refusedRequest(900144, "invalid_request", "The request body must contain the following parameter: 'client_id'.")
	}
	a := t.app(form.Get("client_id"))
	if a == nil {
		return nil, noApp(form.Get("client_id"), t)
	}
	switch kind := form.Get("grant_type"); kind {
	case "client_credentials":
		return s.clientCredentials(form, t, a)
	case "device_code", "urn:ietf:params:oauth:grant-type:device_code":
		return s.redeemDeviceCode(form, t, a)
	case "refresh_token":
		return s.refresh(form, t, a)
	case "password":
		if u := t.user(form.Get("username")); u == nil {
			return nil, noUser(form.Get("username"), t)
		}
		return nil, refusedRequest(50076, "invalid_grant", "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '%s'.", graphAppID)
	case "":
		return nil, refusedRequest(900144, "invalid_request", "The request body must contain the following parameter: 'grant_type'.")
	default:
		return nil, refusedRequest(70003, "unsupported_grant_type", "The app requested an unsupported grant type '%s'.", kind)
	}
}

func (s *Server) clientCredentials(form url.Values, t *Tenant, a *App) (*granted, *failure) {
	if f := s.checkCredential(form, t, a); f != nil {
		return nil, f
	}
	resource, f := s.resource(form.Get("scope"), t)
	if f != nil {
		return nil, f
	}
	token, err := s.issue(t, a, nil, resource)
	if err != nil {
		return nil, refusedRequest(90033, "temporarily_unavailable", "A transient error has occurred. Please try again.")
	}
	life := int(s.config.TokenLife.Seconds())
	return &granted{Type: "Bearer", ExpiresIn: life, ExtExpiresIn: life, Access: token}, nil
}

// resource is whom the token is for: what stands before /.default.
func (s *Server) resource(scope string, t *Tenant) (string, *failure) {
	for part := range strings.FieldsSeq(scope) {
		resource, whole := strings.CutSuffix(part, "/.default")
		if !whole {
			continue
		}
		if !s.isGraph(resource) {
			return "", refusedRequest(500011, "invalid_resource", "The resource principal named %s was not found in the tenant named %s. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.", resource, t.label())
		}
		return resource, nil
	}
	return "", refusedRequest(1002012, "invalid_scope", "The provided value for scope %s is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).", scope)
}

// checkCredential checks an application's own secret or assertion.
func (s *Server) checkCredential(form url.Values, t *Tenant, a *App) *failure {
	secret, assertion := form.Get("client_secret"), form.Get("client_assertion")
	switch {
	case assertion != "":
		if form.Get("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" {
			return refusedRequest(900144, "invalid_request", "The request body must contain the following parameter: 'client_assertion_type'.")
		}
		return s.checkAssertion(assertion, t, a)
	case secret != "":
		return s.checkSecret(secret, a)
	default:
		return refusedClient(7000216, "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.")
	}
}

func (s *Server) checkSecret(secret string, a *App) *failure {
	expired := false
	for _, known := range a.Secrets {
		if subtle.ConstantTimeCompare([]byte(known.Value), []byte(secret)) == 0 {
			continue
		}
		if known.Expires.IsZero() || s.now().Before(known.Expires) {
			return nil
		}
		expired = true
	}
	if expired {
		return refusedClient(7000222, "The provided client secret keys for app '%s' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.", a.ClientID)
	}
	return refusedClient(7000215, "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '%s'.", a.ClientID)
}
