package settings

import _ "embed"

//go:embed exchange.ps1
var exchangeScript string

// ExchangeScript is a PowerShell script that reads the settings of Exchange
// Online which Microsoft Graph does not tell, changes nothing, and writes the
// file that ReadExchange reads.
func ExchangeScript() string { return exchangeScript }
