package settings

import "fmt"

// Kind says what a principal is.
type Kind string

// The kinds of principal a policy can name.
const (
	User  Kind = "user"
	Group Kind = "group"
	Role  Kind = "role"
)

// Principal is a user, group or directory role that a policy names.
type Principal struct {
	Kind Kind
	ID   string // object id; of a role, its template id
	// Name is a user principal name or a display name; empty when the directory
	// was not asked or no longer has it.
	Name string
}

// String gives the kind and the name, or the id where there is no name. Of a
// group it gives both: the configuration names groups by id.
func (p Principal) String() string {
	switch {
	case p.Name == "":
		return fmt.Sprintf("%s %s", p.Kind, p.ID)
	case p.Kind == Group:
		return fmt.Sprintf("%s %q with id %s", p.Kind, p.Name, p.ID)
	}
	return fmt.Sprintf("%s %q", p.Kind, p.Name)
}

// syncRole is the role "Directory Synchronization Accounts". Its only member is
// the account of Entra Connect, which Microsoft's own templates leave out.
// https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference, read 2026-11-23
const syncRole = "d29b2b05-8046-44ba-8758-1e26182fcf32"
