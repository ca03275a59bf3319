package settings

import (
	"net/url"
	"strings"

	"legacyauth/adapters/entra/appreg"
)

// permissions reads which application permissions were granted to the program,
// with their names.
func (r reader) permissions(self string) Fact[[]Granted] {
	if self == "" {
		return Fact[[]Granted]{Why: "the program runs with the rights of the person who signed in"}
	}
	found, err := list[struct {
		ID string `json:"id"`
	}](r, where("/servicePrincipals", "appId eq "+quoted(self), "id"))
	switch {
	case err != nil:
		return unread[[]Granted](needsDirectory, err)
	case len(found) > 0 && found[0].ID == "":
		return Fact[[]Granted]{Why: "the answer does not say the id of the program's service principal"}
	case len(found) == 0:
		return Fact[[]Granted]{Why: "the tenant has no service principal for the program's application id"}
	}
	assigned, err := list[struct {
		Role     string `json:"appRoleId"`
		Resource string `json:"resourceId"`
		API      string `json:"resourceDisplayName"`
	}](r, "/servicePrincipals/"+url.PathEscape(found[0].ID)+"/appRoleAssignments")
	if err != nil {
		return unread[[]Granted](needsDirectory, err)
	}
	apis := map[string]api{}
	granted := make([]Granted, 0, len(assigned))
	for _, a := range assigned {
		if _, asked := apis[a.Resource]; !asked {
			apis[a.Resource] = r.api(a.Resource)
		}
		granted = append(granted, apis[a.Resource].granted(a.Role, a.API))
	}
	return Known(granted)
}

// api is what a service calls its permissions.
type api struct {
	ID    string `json:"appId"`
	Roles []struct {
		ID   string `json:"id"`
		Name string `json:"value"`
	} `json:"appRoles"`
}

// api reads a service's permissions; where that fails, the ids this program
// knows stand in.
func (r reader) api(resource string) api {
	var a api
	if err := r.graph.JSON(r.ctx, "/servicePrincipals/"+url.PathEscape(resource)+"?$select=appId,appRoles", &a); err != nil {
		return api{}
	}
	return a
}

func (a api) granted(role, name string) Granted {
	for _, known := range a.Roles {
		if strings.EqualFold(known.ID, role) {
			return Granted{API: name, Name: known.Name, Graph: a.ID == appreg.GraphAppID}
		}
	}
	for _, p := range append(appreg.Required(), appreg.Optional()...) {
		if strings.EqualFold(p.ID, role) {
			return Granted{API: name, Name: p.Name, Graph: true}
		}
	}
	return Granted{API: name, Name: role, Graph: a.ID == appreg.GraphAppID}
}
