package signins

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// query is one question to the sign-in log. Its forms are those that shipped
// tools send: the service refuses many others.
// https://learn.microsoft.com/graph/api/signin-list?view=graph-rest-beta, read 2026-11-22
type query struct {
	span span
	// clientApps are the values of clientAppUsed to ask for; none is all.
	clientApps []string
	// user is a directory id or a user principal name; empty is everybody.
	user string
	// network is a condition on the address that only successful sign-ins are
	// asked for with; empty is anywhere, and any outcome.
	network string
	// top is the number of rows per page, at most pageMax.
	top int
	// interactiveOnly leaves the event types out: v1.0 has none and answers
	// with interactive sign-ins.
	interactiveOnly bool
}

// pageMax is the most rows a page can hold, and what it holds when not asked.
// https://learn.microsoft.com/graph/api/signin-list, read 2026-11-22
const pageMax = 1000

// path gives the query as path and query string, without the API's version.
func (q query) path() string {
	// A plus sign is no space to every OData server.
	filter := strings.ReplaceAll(url.QueryEscape(q.filter()), "+", "%20")
	return "/auditLogs/signIns?$top=" + strconv.Itoa(q.top) + "&$filter=" + filter
}

func (q query) filter() string {
	clauses := []string{
		"createdDateTime ge " + instant(q.span.from),
		"createdDateTime lt " + instant(q.span.to),
	}
	if !q.interactiveOnly {
		clauses = append(clauses, "signInEventTypes/any(t: t eq 'interactiveUser' or t eq 'nonInteractiveUser')")
	}
	if q.network != "" {
		clauses = append(clauses, q.network, "status/errorCode eq 0")
	}
	if q.user != "" {
		clauses = append(clauses, userClause(q.user))
	}
	if len(q.clientApps) > 0 {
		values := make([]string, len(q.clientApps))
		for i, v := range q.clientApps {
			values[i] = "clientAppUsed eq " + literal(v)
		}
		clauses = append(clauses, "("+strings.Join(values, " or ")+")")
	}
	return strings.Join(clauses, " and ")
}

var objectID = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
})

// userClause lower-cases a name: the log stores it so, and Microsoft's support
// guide for the reporting API says that the comparison minds case and advises
// startsWith. The guide's address is not known; read 2026-11-22.
func userClause(user string) string {
	if objectID().MatchString(user) {
		return "userId eq " + literal(strings.ToLower(user))
	}
	return "startsWith(userPrincipalName," + literal(strings.ToLower(user)) + ")"
}

// literal quotes a string for OData, where a quote is doubled.
func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }
