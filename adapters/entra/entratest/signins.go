package entratest

import (
	"bufio"
	"io"
	"net/http"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// signIns answers a query of the sign-in log.
func (c *call) signIns() *refusal {
	t := c.tenant.view()
	if r := c.mayReadLog(&t); r != nil {
		return r
	}
	if wait, over := c.s.budget.spend(c.bearer.AppID, c.bearer.Tenant, time.Now()); over {
		return tooMany(c.s.budget.retryAfter(wait))
	}
	q, refused := c.logQuery()
	if refused != nil {
		return refused
	}
	c.tenant.mu.RLock()
	log := c.tenant.rows.sorted // rows.add never changes a slice it has handed out
	c.tenant.mu.RUnlock()
	p := q.page(log, c.s.now())
	return c.sendPage(q, p, c.shape(&t))
}

// mayReadLog checks permission, role and license, in the order in which they
// are noticed: the token is looked at before the tenant.
func (c *call) mayReadLog(t *Tenant) *refusal {
	if !c.bearer.may("AuditLog.Read.All", "AuditLogsQuery.Read.All") {
		return missingPermission("AuditLog.Read.All")
	}
	if c.bearer.Type == "user" {
		u := t.user(c.bearer.Object)
		if u == nil || !slices.ContainsFunc(u.Roles, func(role string) bool { return slices.Contains(readerRoles(), role) }) {
			return missingRole()
		}
	}
	if t.Free {
		return noLicense()
	}
	return nil
}

// readerRoles are the directory roles that may read the sign-in log:
// https://learn.microsoft.com/graph/api/signin-list (as of 2026-10).
func readerRoles() []string {
	return []string{
		"Global Administrator", "Global Reader", "Reports Reader", "Security Administrator",
		"Security Operator", "Security Reader",
	}
}

// logQuery is a query of the sign-in log that makes sense.
type logQuery struct {
	condition  condition
	top        int
	ascending  bool
	after      *place // where the page before ended
	repeat     int    // rows of that page to send again
	id         [32]byte
	everyEvent bool
}

func (c *call) logQuery() (logQuery, *refusal) {
	o, refused := parseOptions(c.r.URL)
	if refused != nil {
		return logQuery{}, refused
	}
	condition, err := parseFilter(o.filter, c.version)
	if err != nil {
		return logQuery{}, badRequest(err.Error())
	}
	q := logQuery{
		condition: condition, top: o.top, ascending: o.orderBy != "" && !strings.HasSuffix(o.orderBy, " desc"),
		everyEvent: namesEvents(condition), repeat: c.out.mishap.Repeat,
		id: queryOf(c.version, o.filter, o.orderBy),
	}
	if q.top == 0 {
		q.top = maxPage
	}
	if !o.paged {
		return q, nil
	}
	if o.skipToken == "" {
		return q, badRequest("Invalid Skip Token, skip token is null")
	}
	token, err := c.s.seal.open(o.skipToken)
	if err != nil || token.Tenant != c.bearer.Tenant || token.Query != q.id || !c.s.now().Before(token.Until) {
		return q, badRequest("Token not found: token is either invalid or expired")
	}
	q.after = &token.After
	return q, nil
}

// page is a part of the log and whether there is more of it.
type page struct {
	rows []*Row
	more bool
}

// page selects the rows of one page, of those that are visible now.
func (q *logQuery) page(log []*Row, now time.Time) page {
	after, before := bounds(q.condition)
	log = within(log, after, before)
	if q.after != nil && q.repeat == 0 {
		log = q.rest(log)
	}
	var p page
	var earlier []*Row // of the page before, for repeating
	for i, r := range log {
		if q.ascending {
			r = log[len(log)-1-i]
		}
		if r.Visible.After(now) || !q.lets(r) {
			continue
		}
		passed := q.repeat > 0 && q.after != nil && !q.follows(r.place())
		if passed {
			if earlier = append(earlier, r); len(earlier) > q.repeat {
				earlier = earlier[1:]
			}
			continue
		}
		if len(p.rows) == q.top {
			p.more = true
			break
		}
		p.rows = append(p.rows, r)
	}
	p.rows = append(earlier, p.rows...)
	return p
}

// rest is the part of a log that the pages before have not reached.
func (q *logQuery) rest(log []*Row) []*Row {
	if q.ascending {
		n := sort.Search(len(log), func(i int) bool { return log[i].place().compare(*q.after) >= 0 })
		return log[:n]
	}
	n := sort.Search(len(log), func(i int) bool { return log[i].place().compare(*q.after) > 0 })
	return log[n:]
}

// follows says whether a place comes after the end of the page before.
func (q *logQuery) follows(p place) bool {
	order := p.compare(*q.after)
	if q.ascending {
		return order < 0
	}
	return order > 0
}

// lets says whether the query asks for a row. One that names no event types
// asks for interactive sign-ins, on v1.0 and on beta:
// https://learn.microsoft.com/graph/api/resources/signin (as of 2026-10).
func (q *logQuery) lets(r *Row) bool {
	if !q.everyEvent && r.event() != Interactive {
		return false
	}
	return q.condition == nil || q.condition.holds(r, "")
}

// sendPage streams a page as Graph does, its nextLink before its rows.
func (c *call) sendPage(q logQuery, p page, s shape) *refusal {
	link := ""
	if p.more {
		token, err := c.s.seal.seal(skipToken{
			Tenant: c.bearer.Tenant, Query: q.id, After: p.rows[len(p.rows)-1].place(),
			Until: c.s.now().Add(c.s.config.SkipTokenLife),
		})
		if err != nil {
			return &refusal{status: http.StatusInternalServerError, code: "InternalServerError", message: "no skip token"}
		}
		link = c.nextLink(token)
	}
	c.out.entry.note(func(r *Request) { r.Rows = len(p.rows) })
	c.out.stream(http.StatusOK, func(to io.Writer) {
		w := bufio.NewWriterSize(to, 64<<10)
		head := []byte(`{"@odata.context":`)
		head, _ = jsontext.AppendQuote(head, c.base()+"/"+c.version+"/$metadata#auditLogs/signIns")
		if link != "" {
			head = append(head, `,"@odata.nextLink":`...)
			head, _ = jsontext.AppendQuote(head, link)
		}
		_, _ = w.Write(append(head, `,"value":[`...))
		var raw, shaped []byte
		for i, r := range p.rows {
			shaped = shaped[:0]
			if i > 0 {
				shaped = append(shaped, ',')
			}
			raw = r.appendJSON(raw[:0])
			shaped = s.append(shaped, raw)
			if _, err := w.Write(shaped); err != nil {
				return // the client has gone away
			}
		}
		_, _ = w.WriteString(`]}`)
		_ = w.Flush() // likewise
	})
	return nil
}
