package signins_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/entra/entratest"
	"legacyauth/detect"
)

// everything decodes modern sign-ins as fully as legacy ones: what proves that a
// device has moved is what it is.
func everything(row []byte, s *detect.SignIn) error {
	var v struct {
		ID                string    `json:"id"`
		CreatedDateTime   time.Time `json:"createdDateTime"`
		ClientAppUsed     string    `json:"clientAppUsed"`
		UserID            string    `json:"userId"`
		UserPrincipalName string    `json:"userPrincipalName"`
		UserAgent         string    `json:"userAgent"`
	}
	if err := json.Unmarshal(row, &v); err != nil {
		return err
	}
	*s = detect.SignIn{ID: v.ID, Time: v.CreatedDateTime, ClientApp: v.ClientAppUsed, UserID: v.UserID, User: v.UserPrincipalName, Agent: v.UserAgent}
	return nil
}

func TestUserModern(t *testing.T) {
	t.Parallel()
	log := sample(60_000, 6000, 30)
	server := start(t, log, nil)
	// Another user whose name begins with the same letters.
	other := entratest.Row{
		ID: "other", Time: now.Add(-time.Hour), Event: entratest.Interactive, ClientApp: "Browser", User: "person7@contoso.com.example", UserID: "o",
		JSON: []byte(`{"id":"other","createdDateTime":"2026-11-23T11:00:00Z","clientAppUsed":"Browser","userPrincipalName":"person7@contoso.com.example"}`),
	}
	if err := server.Add(entratest.ContosoID, other); err != nil {
		t.Fatal(err)
	}
	src := source(t, graph(t, server, nil))
	src.Decode = everything
	from := now.Add(-10 * day)
	var want []string
	for r := range log.All() {
		if r.User == "person7@contoso.com" && !r.Time.Before(from) && detect.ParseClientApp(r.ClientApp) == detect.Modern {
			want = append(want, r.ID)
		}
	}
	slices.Reverse(want)
	if len(want) < 10 {
		t.Fatalf("the sample has %d modern sign-ins of the user", len(want))
	}
	for _, c := range []struct {
		name, user string
		enough     int
		want       []string
	}{
		{"by name", "Person7@Contoso.com", 1000, want},
		{"by id", "00000000-0000-4000-8000-000000000007", 1000, want},
		{"until seen enough", "person7@contoso.com", 3, want[:3]},
		{"nobody", "nobody@contoso.com", 1000, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			err := src.UserModern(context.Background(), c.user, from, now, func(s *detect.SignIn) bool {
				got = append(got, s.ID)
				return len(got) < c.enough
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("sign-ins (-log +read):\n%s", diff)
			}
		})
	}
}

func TestUserModernOverSeveralPages(t *testing.T) {
	t.Parallel()
	log := entratest.Sample{Rows: 5000, Legacy: 100, Until: now, Over: 10 * day, Tenant: entratest.ContosoID}
	rows := func(yield func(entratest.Row) bool) {
		for r := range log.All() {
			// Everything is one user's.
			text := string(r.Append(nil, &r))
			r.Append, r.JSON = nil, []byte(strings.ReplaceAll(text, r.User, "ada@contoso.com"))
			r.User = "ada@contoso.com"
			if !yield(r) {
				return
			}
		}
	}
	server := start(t, log, func(c *entratest.Config) {
		c.Tenants[0].Rows = rows
		c.Rules = []entratest.Rule{
			{Path: "/auditLogs/", Skip: 2, Times: 1, Mishap: entratest.CutShort(100_000)},
			{Path: "/auditLogs/", Skip: 4, Times: 1, Mishap: entratest.Refused(http.StatusBadRequest, "BadRequest", "Token not found: token is either invalid or expired")},
		}
	})
	var ids []string
	src := source(t, graph(t, server, nil))
	src.Decode = everything
	err := src.UserModern(context.Background(), "ada@contoso.com", now.Add(-10*day), now, func(s *detect.SignIn) bool {
		ids = append(ids, s.ID)
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(slices.Compact(sorted(ids))); n != 4900 || len(ids) != n {
		t.Errorf("%d sign-ins, %d different, want 4900", len(ids), n)
	}
}

func TestUserModernSaysWhatFailed(t *testing.T) {
	t.Parallel()
	server := start(t, sample(10, 1, 1), func(c *entratest.Config) {
		c.Rules = []entratest.Rule{{Path: "/auditLogs/", Mishap: slow}}
	})
	err := source(t, graph(t, server, nil)).UserModern(context.Background(), "ada@contoso.com", now.Add(-day), now, func(*detect.SignIn) bool { return true })
	if err == nil || errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "in time") {
		t.Errorf("error %v", err)
	}
}
