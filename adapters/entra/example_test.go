package entra_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
)

// A tenant is opened and one page of its sign-ins read. The tenant here is a
// test's; for a real one Options stay empty.
func Example() {
	log := entratest.Sample{Rows: 3, Legacy: 3, Until: time.Now(), Over: time.Hour, Tenant: entratest.ContosoID}
	server, err := entratest.Start(entratest.Config{Tenants: []entratest.Tenant{entratest.Contoso("a secret", log.All())}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close() //nolint:errcheck // an example
	_ = os.Setenv("CONTOSO_SECRET", "a secret")

	contoso := entra.Tenant{
		Name: "contoso", TenantID: entratest.ContosoID, ClientID: entratest.ContosoClient,
		Credential: entra.ClientSecret{From: entra.Source{Env: "CONTOSO_SECRET"}},
	}
	graph, err := entra.Open(contoso, entra.Options{Transport: server.Client().Transport})
	if err != nil {
		fmt.Println(err)
		return
	}
	const both = "$filter=signInEventTypes/any(t:t%20eq%20'interactiveUser'%20or%20t%20eq%20'nonInteractiveUser')"
	err = graph.Get(context.Background(), entra.Beta, "/auditLogs/signIns?"+both, nil, func(body io.Reader) error {
		var page struct{ Value []json.RawMessage }
		if err := json.NewDecoder(body).Decode(&page); err != nil {
			return err
		}
		fmt.Println(len(page.Value), "sign-ins")
		return nil
	})
	if err != nil {
		fmt.Println(entra.CodeOf(err), err)
	}
	// Output: 3 sign-ins
}
