package entra

import (
	"context"
	"strings"
	"testing"

	"legacyauth/adapters/entra/entratest"
)

func TestCloudNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, graph, authority string }{
		{"", "https://graph.microsoft.com", "https://login.microsoftonline.com"},
		{"Global", "https://graph.microsoft.com", "https://login.microsoftonline.com"},
		{"usgov", "https://graph.microsoft.us", "https://login.microsoftonline.us"},
		{"usgovdod", "https://dod-graph.microsoft.us", "https://login.microsoftonline.us"},
		{"china", "https://microsoftgraph.chinacloudapi.cn", "https://login.partner.microsoftonline.cn"},
	} {
		cloud, err := CloudNamed(c.name)
		if err != nil || cloud.Graph != c.graph || cloud.Authority != c.authority {
			t.Errorf("%q: got %s and %s, %v", c.name, cloud.Graph, cloud.Authority, err)
		}
		if national := cloud.Name != "global"; national != (len(cloud.Limits) > 0) {
			t.Errorf("%q: limits %q", c.name, cloud.Limits)
		}
	}
	for name, says := range map[string]string{"mars": "global, usgov, usgovdod, china", "germany": "2021-10-29"} {
		_, err := CloudNamed(name)
		if e := explained(t, err, CodeCloud); !strings.Contains(e.Error(), says) {
			t.Errorf("%q: %q does not say %q", name, e, says)
		}
	}
}

// Each cloud's own authority and Graph are asked, and no other.
func TestCloudHosts(t *testing.T) {
	t.Parallel()
	for _, cloud := range Clouds() {
		t.Run(cloud.Name, func(t *testing.T) {
			t.Parallel()
			server := fake(t, nil)
			tenant := contoso(t)
			tenant.Cloud = cloud
			if _, err := page(opened(t, tenant, quick(server)), firstPage); err != nil {
				t.Fatal(err)
			}
			var grants Grants
			g := opened(t, tenant, quick(server))
			grants, err := g.Grants(context.Background())
			if err != nil || !grants.Has(AuditLogRead) {
				t.Errorf("grants %v, %v", grants, err)
			}
			if leaks := server.Leaks(); len(leaks) > 0 {
				t.Errorf("leaks: %v", leaks)
			}
			for _, r := range server.Log() {
				if r.Part != entratest.Authority && r.Part != entratest.Graph {
					t.Errorf("asked %s", r.Part)
				}
			}
		})
	}
}
