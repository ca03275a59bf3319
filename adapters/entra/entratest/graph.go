package entratest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// call is one request to Graph whose token has been accepted.
type call struct {
	s      *Server
	r      *http.Request
	out    *answer
	bearer bearer
	tenant *directory
	// version is "v1.0" or "beta", path what follows it.
	version, path              string
	options                    options
	requestID, clientRequestID string
}

func (s *Server) serveGraph(w http.ResponseWriter, r *http.Request) {
	e, alive := s.log.begin(Graph, r)
	out := newAnswer(s, w, r, e)
	s.watch(e, Graph, r)
	if !alive {
		out.abort()
		return
	}
	out.compress = s.config.Compress
	c := &call{s: s, r: r, out: out, requestID: newGUID(), clientRequestID: r.Header.Get("client-request-id")}
	if c.clientRequestID == "" {
		c.clientRequestID = c.requestID
	}
	c.version, c.path, _ = strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	c.path = "/" + c.path
	out.Header().Set("Content-Type", "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8")
	out.Header().Set("request-id", c.requestID)
	out.Header().Set("client-request-id", c.clientRequestID)

	bearer, refused := s.authenticate(r)
	if refused == nil {
		c.bearer, c.tenant = bearer, s.tenant(bearer.Tenant)
		e.note(func(r *Request) { r.Tenant, r.App = bearer.Tenant, bearer.AppID })
	}
	c.options, _ = parseOptions(r.URL) // a bad option is refused by its resource
	if m := s.harm.meet(c.question()); m != (Mishap{}) {
		if !out.suffer(m) {
			return
		}
		if m.Status != 0 {
			c.refuse(m.refusal())
			return
		}
	}
	if refused == nil {
		refused = c.answer()
	}
	if refused != nil {
		c.refuse(refused)
	}
}

// answer sends the resource asked for, or says why not.
func (c *call) answer() *refusal {
	if c.version != "v1.0" && c.version != "beta" {
		return badRequest("Invalid version: " + c.version)
	}
	if c.r.Method != http.MethodGet {
		return &refusal{status: http.StatusMethodNotAllowed, code: "Request_BadRequest", message: "Specified HTTP method is not allowed for the request target."}
	}
	if c.path == "/auditLogs/signIns" {
		return c.signIns()
	}
	return c.settings()
}

// question is what the rules of misbehavior are asked.
func (c *call) question() question {
	q := question{part: Graph, tenant: c.bearer.Tenant, version: c.version, path: c.path}
	if q.log = c.path == "/auditLogs/signIns"; !q.log {
		return q
	}
	q.top = c.options.top
	if q.top == 0 {
		q.top = maxPage
	}
	if f, err := parseFilter(c.options.filter, c.version); err == nil {
		q.apps, q.unnamed = len(clientApps(f)), slices.Contains(clientApps(f), "")
		if after, before := bounds(f); !after.IsZero() && !before.IsZero() {
			q.window = max(before.Sub(after), time.Nanosecond)
		}
	}
	return q
}

// send answers with JSON.
func (c *call) send(status int, body []byte) { c.out.send(status, body) }

// sendValue answers with v as JSON.
func (c *call) sendValue(v any) *refusal {
	body, err := json.Marshal(v)
	if err != nil {
		return &refusal{status: http.StatusInternalServerError, code: "InternalServerError", message: "the test tenant's settings are not JSON"}
	}
	c.send(http.StatusOK, body)
	return nil
}

// base is how the client called this server, for links back to it.
func (c *call) base() string {
	return "https://" + c.r.Host
}

// nextLink is the address of the next page of this query.
func (c *call) nextLink(token string) string {
	base := c.base()
	if to := c.out.mishap.NextLink; to != "" {
		base = to
	}
	var b strings.Builder
	b.WriteString(base + c.r.URL.EscapedPath() + "?")
	for _, o := range c.options.given {
		if o.name != "$skiptoken" {
			b.WriteString(o.name + "=" + url.QueryEscape(o.value) + "&")
		}
	}
	b.WriteString("$skiptoken=" + url.QueryEscape(token))
	return b.String()
}
