package appreg

import (
	"encoding/json"
	"fmt"
	"strings"
)

// application is the part of a Graph application that a registration sets.
// https://learn.microsoft.com/graph/api/resources/application, read 2026-11-23
type application struct {
	DisplayName            string           `json:"displayName"`
	SignInAudience         string           `json:"signInAudience"`
	Tags                   []string         `json:"tags"`
	Notes                  string           `json:"notes"`
	IsFallbackPublicClient bool             `json:"isFallbackPublicClient"`
	RequiredResourceAccess []resourceAccess `json:"requiredResourceAccess"`
}

type resourceAccess struct {
	ResourceAppID  string   `json:"resourceAppId"`
	ResourceAccess []access `json:"resourceAccess"`
}

type access struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// manifest gives the application as JSON. The reason for each permission stands
// in notes, since JSON has no comments.
func manifest(o Options) (string, error) {
	p, err := newPage(o)
	if err != nil {
		return "", err
	}
	if p.Cloud == "china" {
		return "", fmt.Errorf("the ids of permissions in a manifest differ in the cloud china: use ps1 or az, which look them up by name")
	}
	graph := resourceAccess{ResourceAppID: GraphAppID}
	var why []string
	for _, x := range p.Ask {
		graph.ResourceAccess = append(graph.ResourceAccess, access{ID: x.ID, Type: "Role"})
		why = append(why, fmt.Sprintf("%s: %s.", x.Name, x.Why))
	}
	data, err := json.MarshalIndent(application{
		DisplayName:            p.Name,
		SignInAudience:         "AzureADMyOrg",
		Tags:                   []string{tag},
		Notes:                  "Reads sign-ins for legacyauth, changes nothing. " + strings.Join(why, " "),
		RequiredResourceAccess: []resourceAccess{graph},
	}, "", "  ")
	if err != nil {
		return "", fmt.Errorf("write the manifest: %w", err)
	}
	return string(data) + "\n", nil
}
