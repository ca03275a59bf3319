package oracle

import (
	"context"
	"encoding/json"
	"io"

	"legacyauth/adapters/entra"
)

// preferUnknown asks for the results of report-only policies, which v1.0 else
// calls unknownFutureValue.
const preferUnknown = "include-unknown-enum-members"

// page is a part of the sign-in log as it comes.
type page struct {
	Next  string            `json:"@odata.nextLink"`
	Value []json.RawMessage `json:"value"`
}

// read asks the program's client for a page of v1.0.
func read(ctx context.Context, g *entra.Graph, address, prefer string) (p page, err error) {
	err = g.Get(ctx, entra.V1, address, map[string]string{"Prefer": prefer}, func(body io.Reader) error {
		p = page{}
		return json.NewDecoder(body).Decode(&p)
	})
	return p, err
}
