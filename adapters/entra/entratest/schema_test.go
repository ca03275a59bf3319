package entratest_test

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"legacyauth/adapters/entra/entratest"
)

// TestAnswersFitTheDocumentedSchemas holds the answers against the OpenAPI
// description of Graph's v1.0 metadata.
func TestAnswersFitTheDocumentedSchemas(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "..", "..", "shared", "specs", "graph", "graph-mini-ex.openapi.json")
	text, err := os.ReadFile(path)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("CI needs the descriptions of Graph: %v", err)
		}
		t.Skipf("the descriptions of Graph are not here: %v", err)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	strict(document)
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource("graph.json", document); err != nil {
		t.Fatal(err)
	}
	s := start(t, func(c *entratest.Config) {
		c.Tenants[0].Settings.Grants = c.Tenants[0].Settings.Grants[:1]
	})
	bearer := token(t, s)
	own := object(t, get(t, s, bearer, "/v1.0/servicePrincipals(appId='"+entratest.ContosoClient+"')"))
	for _, c := range []struct {
		address, schema string
		collection      bool
	}{
		{"/v1.0/auditLogs/signIns?$top=50", "signIn", true},
		{"/v1.0/servicePrincipals", "servicePrincipal", true},
		{"/v1.0/servicePrincipals(appId='" + apple + "')", "servicePrincipal", false},
		{"/v1.0/servicePrincipals/" + own["id"].(string) + "/appRoleAssignments", "appRoleAssignment", true},
		{"/v1.0/oauth2PermissionGrants", "oAuth2PermissionGrant", true},
		{"/v1.0/identity/conditionalAccess/policies", "conditionalAccessPolicy", true},
		{"/v1.0/users/admin@contoso.com", "user", false},
		{"/v1.0/users?$filter=" + url.QueryEscape("id in ('"+adminID+"')"), "user", true},
	} {
		schema, err := compiler.Compile("graph.json#/components/schemas/microsoft.graph." + c.schema)
		if err != nil {
			t.Fatal(err)
		}
		r := get(t, s, bearer, c.address, "Prefer", "include-unknown-enum-members")
		if r.status != 200 {
			t.Fatalf("%s: %s", c.address, r.raw)
		}
		values := r.Value
		if !c.collection {
			o := object(t, r)
			delete(o, "@odata.context")
			values = []map[string]any{o}
		}
		if len(values) == 0 {
			t.Errorf("%s: nothing to look at", c.address)
		}
		for _, v := range values {
			if err := schema.Validate(any(v)); err != nil {
				row, _ := json.Marshal(v)
				t.Errorf("%s: %v\n%s", c.address, err, row)
				break
			}
		}
	}
}

// strict rewrites an OpenAPI 3.0 document so that JSON Schema reads it as it is
// meant: nullable becomes a type, and a property that a resource does not
// document is an error.
func strict(node any) {
	switch node := node.(type) {
	case []any:
		for _, n := range node {
			strict(n)
		}
	case map[string]any:
		for _, n := range node {
			strict(n)
		}
		if node["type"] == "object" && node["properties"] != nil && node["title"] != nil {
			node["additionalProperties"] = false
		}
		if node["nullable"] != true {
			return
		}
		delete(node, "nullable")
		inner := make(map[string]any, len(node))
		for k, v := range node {
			inner[k] = v
			delete(node, k)
		}
		node["anyOf"] = []any{inner, map[string]any{"type": "null"}}
	}
}
