package entratest

// The well-known names of the services. A client made by Server.Client reaches
// the fake under them, so that a program can be tested without overriding any
// address. Source: https://learn.microsoft.com/graph/deployments.
const (
	graphAppID    = "00000003-0000-0000-c000-000000000000"
	exchangeAppID = "00000002-0000-0ff1-ce00-000000000000"
	identityHost  = "169.254.169.254"
	foreignHost   = "graph.example.com"
	exchangeScope = "api://AzureADTokenExchange"
)

func authorityNames() []string {
	return []string{
		"login.microsoftonline.com",
		"login.microsoftonline.us",
		"login.partner.microsoftonline.cn",
		"login.chinacloudapi.cn",
	}
}

func graphNames() []string {
	return []string{
		"graph.microsoft.com",
		"graph.microsoft.us",
		"dod-graph.microsoft.us",
		"microsoftgraph.chinacloudapi.cn",
	}
}
