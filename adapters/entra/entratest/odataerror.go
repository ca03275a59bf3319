package entratest

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// refusal is an error answer of Graph.
type refusal struct {
	status        int
	code, message string
	header        map[string]string
}

func (r *refusal) Error() string { return fmt.Sprintf("%d %s: %s", r.status, r.code, r.message) }

func badRequest(message string) *refusal {
	return &refusal{status: http.StatusBadRequest, code: "BadRequest", message: message}
}

// The refusals that have one wording. Codes and messages are those of
// https://learn.microsoft.com/graph/errors and
// https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/troubleshoot-microsoft-graph-api
func noLicense() *refusal {
	return &refusal{
		status: http.StatusForbidden, code: "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
		message: "Neither tenant is B2C or tenant doesn't have premium license",
	}
}

func missingPermission(name string) *refusal {
	return &refusal{
		status: http.StatusForbidden, code: "Authentication_MSGraphPermissionMissing",
		message: "Calling principal does not have required MSGraph permissions " + name,
	}
}

func missingRole() *refusal {
	return &refusal{
		status: http.StatusForbidden, code: "Authentication_RequestFromUnsupportedUserRole",
		message: "User is not in the allowed roles",
	}
}

func denied() *refusal {
	return &refusal{
		status: http.StatusForbidden, code: "Authorization_RequestDenied",
		message: "Insufficient privileges to complete the operation.",
	}
}

func accessDenied() *refusal {
	return &refusal{
		status: http.StatusForbidden, code: "AccessDenied",
		message: "You cannot perform the requested operation, required scopes are missing in the token.",
	}
}

func notFound(name string) *refusal {
	return &refusal{
		status: http.StatusNotFound, code: "Request_ResourceNotFound",
		message: fmt.Sprintf("Resource '%s' does not exist or one of its queried reference-property objects are not present.", name),
	}
}

func badToken(message string) *refusal {
	return &refusal{
		status: http.StatusUnauthorized, code: "InvalidAuthenticationToken", message: message,
		header: map[string]string{
			"WWW-Authenticate": `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="` + graphAppID + `"`,
		},
	}
}

// refuse answers with an error in Graph's form.
func (c *call) refuse(r *refusal) {
	type inner struct {
		Date      string `json:"date"`
		RequestID string `json:"request-id"`
		ClientID  string `json:"client-request-id"`
	}
	type body struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Inner   inner  `json:"innerError"`
	}
	text, err := json.Marshal(map[string]body{"error": {r.code, r.message, inner{
		c.s.now().UTC().Format("2006-01-02T15:04:05"), c.requestID, c.clientRequestID,
	}}})
	if err != nil {
		c.out.abort()
		return
	}
	for k, v := range r.header {
		c.out.Header().Set(k, v)
	}
	c.send(r.status, text)
}
