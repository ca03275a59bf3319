package entra

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// asked is what is known of a request that Graph refused.
type asked struct {
	path   string // without the query
	grants Grants
	read   bool // whether grants could be read from the token
}

// nonPremium is the code with which the reporting API answers a tenant without
// the license, and now and then an app without Directory.Read.All. It is met with
// and without its first word.
const nonPremium = "RequestFromNonPremiumTenantOrB2CTenant"

// graphRefused explains an answer of Graph with status 400 or above.
func (w words) graphRefused(status int, o odata, a asked) *Error {
	e := w.graphFailure(status, o, a)
	e.Status = status
	e.Service = identifier(o.code)
	e.Request = identifier(o.request)
	limits := w.tenant.cloud().Limits
	if len(limits) > 0 && strings.Contains(strings.ToLower(a.path), "/auditlogs/") &&
		slices.Contains([]Code{CodeQuery, CodeNotFound, CodeTimeout}, e.Code) {
		e.Do = strings.TrimSpace(e.Do + " " + strings.Join(limits, " "))
	}
	return e
}

func (w words) graphFailure(status int, o odata, a asked) *Error {
	message := strings.ToLower(o.message)
	switch {
	case status == http.StatusUnauthorized:
		return w.tokenRefused(message)
	case status == http.StatusForbidden:
		return w.forbidden(o, message, a)
	case status == http.StatusGone, pageDied(message):
		return w.explained(CodePageExpired, "The link to the next page is no longer valid.", "Run the command again; a scan goes on where it stopped.")
	case status == http.StatusNotFound:
		return w.explained(CodeNotFound, "Microsoft Graph has nothing at "+shorten(a.path)+".", advice(a, "Check that tenant {tenant} lives in {cloud}, the cloud of its configuration. If it does, export the sign-ins from {portal} and scan the files.", "Run the command again, because it may just have been deleted; if it stays, check that tenant {tenant} lives in {cloud}."))
	case status == http.StatusTooManyRequests:
		return w.explained(CodeThrottled, "Microsoft Graph has too many requests from this app for tenant {name}.", "Run the command again in a few minutes; a scan goes on where it stopped. Other programs that use the same app registration share its budget of 5 requests in 10 seconds.")
	case status == http.StatusRequestTimeout, status == http.StatusGatewayTimeout:
		return w.explained(CodeTimeout, "Microsoft Graph could not finish the query in time.", advice(a, "Scan less time, such as `--since 1d`, or scan at a quieter hour; otherwise export the sign-ins from {portal} and scan the files.", "Try again in a few minutes; https://status.cloud.microsoft shows outages."))
	case status >= http.StatusInternalServerError && status != http.StatusNotImplemented:
		return w.explained(CodeUnavailable, "Microsoft Graph failed to answer.", "Try again in a few minutes; https://status.cloud.microsoft shows outages.")
	default:
		return w.explained(CodeQuery, "Microsoft Graph does not accept the query for "+shorten(a.path)+".", advice(a, "`legacyauth doctor` tries the plainest query; if it succeeds, `legacyauth scan --v1` asks a simpler one, for interactive sign-ins. Otherwise export the sign-ins from {portal} and scan the files.", "Update legacyauth; if it stays, please report it with the code and the request that follow."))
	}
}

// advice chooses by what was asked for: the sign-in log can be read in other ways
// too.
func advice(a asked, log, otherwise string) string {
	if strings.Contains(strings.ToLower(a.path), "/auditlogs/") {
		return log
	}
	return otherwise
}

// pageDied recognizes the ways in which a nextLink is refused after some minutes.
func pageDied(message string) bool {
	return strings.Contains(message, "skip token") || strings.Contains(message, "skiptoken") ||
		strings.Contains(message, "token not found") || strings.Contains(message, "token is either invalid or expired")
}

func (w words) tokenRefused(message string) *Error {
	if strings.Contains(message, "audience") {
		return w.explained(CodeCloud, "Microsoft Graph does not accept a token that was made for {cloud}.", "Set cloud to the one where tenant {tenant} lives: global, usgov, usgovdod or china.")
	}
	if e := w.clock(); e != nil {
		return e
	}
	return w.explained(CodeTokenRefused, "Microsoft Graph does not accept the access token.", "Run the command again; if it stays, compare this machine's clock with the right time.")
}

func (w words) forbidden(o odata, message string, a asked) *Error {
	switch {
	// First the sentence, because it also comes with the code for a missing role.
	case strings.HasSuffix(o.code, nonPremium), strings.Contains(message, "premium license"):
		return w.license(a)
	case strings.HasSuffix(o.code, "RequestFromUnsupportedUserRole"), strings.Contains(message, "not in the allowed roles"):
		return w.role()
	}
	if names := permissionName().FindAllString(o.message, -1); len(names) > 0 {
		wanted := names[0]
		if slices.Contains(names, AuditLogRead) {
			wanted = AuditLogRead
		}
		return w.missing(wanted, a.grants.Delegated)
	}
	wanted := permissionFor(a.path)
	if wanted != "" && a.read && a.grants.Delegated && a.grants.Has(wanted) {
		return w.role()
	}
	if wanted != "" {
		return w.missing(wanted, a.grants.Delegated)
	}
	return w.explained(CodePermission, "Microsoft Graph does not let this sign-in read "+shorten(a.path)+".", "`legacyauth doctor` lists the permissions and which are granted.")
}

// license tells the two causes of one code apart by the token.
func (w words) license(a asked) *Error {
	if a.read && !a.grants.Has(DirectoryRead) {
		e := w.missing(DirectoryRead, a.grants.Delegated)
		e.Reason += " Microsoft Graph then says that the tenant has no premium license, whether it has one or not."
		return e
	}
	do := "Assign at least one Microsoft Entra ID P1 or P2 license in tenant {tenant} (Microsoft 365 Business Premium, E3 and E5 contain one), or export the sign-ins from {portal} and scan the file. First data appears up to three days after a license is bought."
	if !a.read {
		do = "If tenant {tenant} has Microsoft Entra ID P1 or P2, grant Directory.Read.All to app registration {client}: without it Microsoft Graph gives the same answer. Otherwise assign a license, or export the sign-ins from {portal} and scan the file."
	}
	return w.explained(CodeLicense, "Microsoft Graph gives sign-ins only to tenants with a Microsoft Entra ID P1 or P2 license, and says that tenant {name} has none.", do)
}

// role explains a delegated sign-in by a person who may not read reports.
// https://learn.microsoft.com/graph/api/signin-list#permissions (read 2026-08)
func (w words) role() *Error {
	return w.explained(CodeRole,
		"The account that signed in has no directory role that may read this.",
		"Sign in with an account that has one of the roles Reports Reader, Security Reader, Security Operator, Security Administrator or Global Reader.")
}

// retryAfter reads the header in both its forms; 0 when there is none.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if value == "" {
		return 0
	}
	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		if seconds >= longestWait.Seconds() {
			return longestWait
		}
		return max(time.Duration(seconds*float64(time.Second)), 0)
	}
	if until, err := http.ParseTime(value); err == nil {
		return min(max(until.Sub(now), 0), longestWait)
	}
	return 0
}

// longestWait bounds what a server may make the program wait at once.
const longestWait = time.Hour
