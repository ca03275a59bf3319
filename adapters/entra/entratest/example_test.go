package entratest_test

import (
	"fmt"
	"time"

	"legacyauth/adapters/entra/entratest"
)

// A tenant with a small log whose third answer does not come.
func ExampleStart() {
	log := entratest.Sample{Rows: 100, Legacy: 10, Until: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), Over: 24 * time.Hour}
	s, err := entratest.Start(entratest.Config{
		Tenants: []entratest.Tenant{entratest.Contoso("the secret", log.All())},
		Rules:   []entratest.Rule{{Path: "/auditLogs/signIns", Skip: 2, Times: 1, Mishap: entratest.ConnectionReset()}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = s.Close() }()

	// A program under test gets s.AuthorityURL(), s.GraphURL() and s.Client().
	res, err := s.Client().Get(s.AuthorityURL() + "/contoso.com/v2.0/.well-known/openid-configuration")
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = res.Body.Close()
	for _, r := range s.Log() {
		fmt.Println(r.Number, r.Part, r.Path, r.Status)
	}
	// Output: 1 authority /contoso.com/v2.0/.well-known/openid-configuration 200
}
