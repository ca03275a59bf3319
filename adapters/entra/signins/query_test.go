package signins

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func TestQueries(t *testing.T) {
	t.Parallel()
	const bounds = "createdDateTime ge 2026-11-21T12:00:00Z and createdDateTime lt 2026-11-22T12:00:00Z"
	const events = " and signInEventTypes/any(t: t eq 'interactiveUser' or t eq 'nonInteractiveUser')"
	w := span{noon, noon.Add(24 * time.Hour)}
	for _, c := range []struct {
		name string
		q    query
		want string
	}{
		{"everything", query{span: w}, bounds + events},
		{"v1.0", query{span: w, interactiveOnly: true}, bounds},
		{"client apps", query{span: w, clientApps: []string{"IMAP4", "Other clients; IMAP"}}, bounds + events + " and (clientAppUsed eq 'IMAP4' or clientAppUsed eq 'Other clients; IMAP')"},
		{"a user by name", query{span: w, user: "Ada@Contoso.com"}, bounds + events + " and startsWith(userPrincipalName,'ada@contoso.com')"},
		{"a user by id", query{span: w, user: "55556666-FFFF-7777-aaaa-8888bbbb9999"}, bounds + events + " and userId eq '55556666-ffff-7777-aaaa-8888bbbb9999'"},
		{"a name with a quote", query{span: w, user: "o'neill@contoso.com"}, bounds + events + " and startsWith(userPrincipalName,'o''neill@contoso.com')"},
		{"a name that would be more", query{span: w, user: "x') or (id eq 'y"}, bounds + events + " and startsWith(userPrincipalName,'x'') or (id eq ''y')"},
		{"another time zone", query{span: span{noon.In(time.FixedZone("", 3600)), w.to}}, bounds + events},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.q.top = 900
			path := c.q.path()
			u, err := url.Parse(path)
			if err != nil || strings.ContainsAny(path, " +") {
				t.Fatalf("path %q: %v", path, err)
			}
			if got := u.Query().Get("$filter"); got != c.want {
				t.Errorf("filter\n%s\nwant\n%s", got, c.want)
			}
			if u.Path != "/auditLogs/signIns" || u.Query().Get("$top") != "900" {
				t.Errorf("path %q", path)
			}
		})
	}
}
