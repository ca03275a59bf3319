package appreg

// cloud is how the tools name a national cloud.
type cloud struct {
	mg    string // Connect-MgGraph -Environment
	az    string // az cloud set --name
	graph string // Microsoft Graph, without a slash at the end
}

// Names and hosts: https://learn.microsoft.com/graph/deployments and
// https://learn.microsoft.com/cli/azure/manage-clouds-azure-cli, read 2026-11-23.
var clouds = map[string]cloud{
	"global":   {"Global", "AzureCloud", "https://graph.microsoft.com"},
	"usgov":    {"USGov", "AzureUSGovernment", "https://graph.microsoft.us"},
	"usgovdod": {"USGovDoD", "AzureUSGovernment", "https://dod-graph.microsoft.us"},
	"china":    {"China", "AzureChinaCloud", "https://microsoftgraph.chinacloudapi.cn"},
}
