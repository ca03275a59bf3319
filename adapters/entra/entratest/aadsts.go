package entratest

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// failure is an error answer of the authority. Codes and wording are those of
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes,
// which warns that the wording changes.
type failure struct {
	status  int
	code    int    // AADSTS number; 0 none
	kind    string // OAuth error
	message string
}

func (f *failure) Error() string { return fmt.Sprintf("AADSTS%d: %s", f.code, f.message) }

func refusedClient(code int, format string, args ...any) *failure {
	return &failure{http.StatusUnauthorized, code, "invalid_client", fmt.Sprintf(format, args...)}
}

func refusedRequest(code int, kind, format string, args ...any) *failure {
	return &failure{http.StatusBadRequest, code, kind, fmt.Sprintf(format, args...)}
}

func noTenant(name string) *failure {
	return refusedRequest(90002, "invalid_tenant", "Tenant '%s' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.", name)
}

func noApp(clientID string, t *Tenant) *failure {
	return refusedRequest(700016, "unauthorized_client", "Application with identifier '%s' was not found in the directory '%s'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.", clientID, t.label())
}

func noUser(name string, t *Tenant) *failure {
	return refusedRequest(50034, "invalid_grant", "The user account %s does not exist in the %s directory. To sign into this application, the account must be added to the directory.", name, t.label())
}

func noConsent(a *App) *failure {
	return refusedRequest(65001, "invalid_grant", "The user or administrator has not consented to use the application with ID '%s' named '%s'. Send an interactive authorization request for this user and resource.", a.ClientID, a.Name)
}

// fail answers with an error in the authority's form.
func (s *Server) fail(out *answer, f *failure) {
	now := s.now().UTC()
	stamp := now.Format("2006-01-02 15:04:05Z")
	trace, correlation := newGUID(), out.r.Header.Get("client-request-id")
	if correlation == "" {
		correlation = newGUID()
	}
	text, err := json.Marshal(struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
		Codes       []int  `json:"error_codes"`
		Timestamp   string `json:"timestamp"`
		Trace       string `json:"trace_id"`
		Correlation string `json:"correlation_id"`
		Address     string `json:"error_uri"`
	}{
		f.kind,
		fmt.Sprintf("AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s", f.code, f.message, trace, correlation, stamp),
		[]int{f.code},
		stamp, trace, correlation,
		fmt.Sprintf("https://login.microsoftonline.com/error?code=%d", f.code),
	})
	if err != nil {
		out.abort()
		return
	}
	out.send(f.status, text)
}
