package entra

import (
	"fmt"
	"slices"
	"strings"
)

// Cloud is one of the separate installations of Microsoft's cloud. A tenant
// lives in exactly one, and an app registered in one is unknown in the others.
// The zero value is no cloud; CloudNamed and Global give one.
//
// Hosts: https://learn.microsoft.com/graph/deployments (read 2026-11-23).
type Cloud struct {
	// Name is how configuration files say it: global, usgov, usgovdod, china.
	Name string
	// Title is how people say it.
	Title string
	// Authority is where tokens come from, as scheme and host.
	Authority string
	// Graph is where Microsoft Graph answers, as scheme and host. It is also the
	// resource that tokens are made for.
	Graph string
	// Portal is the Entra admin center of this cloud.
	Portal string
	// Limits are sentences on what this cloud cannot do; none for global.
	Limits []string

	// aliases are further hosts of the same authority, which its own discovery
	// document may name as the token endpoint.
	aliases []string
}

// noSignIns is the limit that all national clouds share. The page that lists
// sign-ins marks them as not available there:
// https://learn.microsoft.com/graph/api/signin-list (read 2026-08).
const noSignIns = "Microsoft does not list sign-ins through Graph as available in this cloud: v1.0 may answer 400 and beta may time out. Where that happens, export the log and scan the file."

// Global is the cloud of nearly every tenant, GCC included.
func Global() Cloud {
	return Cloud{
		Name: "global", Title: "Microsoft's worldwide cloud",
		Authority: "https://login.microsoftonline.com", Graph: "https://graph.microsoft.com", Portal: "https://entra.microsoft.com",
		aliases: []string{"login.microsoft.com", "login.windows.net", "sts.windows.net"},
	}
}

// Clouds are all clouds that can be named, global first.
func Clouds() []Cloud {
	return []Cloud{
		Global(),
		{
			Name: "usgov", Title: "Microsoft Cloud for US Government L4 (GCC High)",
			Authority: "https://login.microsoftonline.us", Graph: "https://graph.microsoft.us", Portal: "https://entra.microsoft.us",
			Limits:  []string{noSignIns},
			aliases: []string{"login.usgovcloudapi.net"},
		},
		{
			Name: "usgovdod", Title: "Microsoft Cloud for US Government L5 (DoD)",
			Authority: "https://login.microsoftonline.us", Graph: "https://dod-graph.microsoft.us", Portal: "https://entra.microsoft.us",
			Limits:  []string{noSignIns},
			aliases: []string{"login.usgovcloudapi.net"},
		},
		{
			Name: "china", Title: "Microsoft 365 operated by 21Vianet in China",
			Authority: "https://login.partner.microsoftonline.cn", Graph: "https://microsoftgraph.chinacloudapi.cn", Portal: "https://entra.microsoftonline.cn",
			Limits:  []string{noSignIns},
			aliases: []string{"login.chinacloudapi.cn"},
		},
	}
}

// CloudNamed finds a cloud by its name, letter case ignored; an empty name is
// global. Any other name is an error with code CodeCloud that lists the names.
func CloudNamed(name string) (Cloud, error) {
	wanted := strings.ToLower(strings.TrimSpace(name))
	if wanted == "" {
		return Global(), nil
	}
	clouds := Clouds()
	at := slices.IndexFunc(clouds, func(c Cloud) bool { return c.Name == wanted })
	if at >= 0 {
		return clouds[at], nil
	}
	names := make([]string, len(clouds))
	for i, c := range clouds {
		names[i] = c.Name
	}
	failure := &Error{
		Code:   CodeCloud,
		Reason: fmt.Sprintf("There is no cloud called %q.", shorten(name)),
		Do:     "Set cloud to one of " + strings.Join(names, ", ") + "; GCC tenants (not GCC High) use global.",
	}
	if wanted == "germany" || wanted == "de" {
		failure.Reason = "Microsoft Cloud Germany closed on 2021-10-29."
		failure.Do = "Set cloud to global, where its tenants were moved."
	}
	return Cloud{}, failure
}
