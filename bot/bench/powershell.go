package bench

import (
	"fmt"
	"strings"
)

// powershell is asked as its users ask it: one object a row.
func powershell(f File) ([]string, string) {
	path := "'" + strings.ReplaceAll(f.Path, "'", "''") + "'"
	rows := ""
	columns := [4]string{"userPrincipalName", "clientAppUsed", "userAgent", "status.errorCode"}
	switch {
	case f.Gzip:
		return nil, "it reads no gzip"
	case f.Shape == lines:
		rows = "[IO.File]::ReadLines(" + path + ") | Where-Object { $_ } | ConvertFrom-Json"
	case f.Shape == array:
		rows = "Get-Content -Raw -LiteralPath " + path + " | ConvertFrom-Json"
	case f.Shape == page:
		rows = "(Get-Content -Raw -LiteralPath " + path + " | ConvertFrom-Json).value"
	case f.Shape == portal:
		rows = "Import-Csv -LiteralPath " + path
		columns = [4]string{"'Username'", "'Client app'", "'User agent'", "'Sign-in error code'"}
	default:
		return nil, unwritten(f)
	}
	return []string{"-NoProfile", "-NonInteractive", "-Command", fmt.Sprintf(`$ErrorActionPreference = 'Stop'
$count = [Collections.Generic.Dictionary[string,long]]::new()
%s | ForEach-Object {
  if (@('%s') -notcontains "$($_.%s)") {
    $key = ConvertTo-Json -Compress @("$($_.%s)", "$($_.%s)", "$($_.%s)", "$($_.%s)")
    $count[$key] = 1 + $(if ($count.ContainsKey($key)) { $count[$key] } else { 0 })
  }
}
foreach ($entry in $count.GetEnumerator()) {
  $key = ConvertFrom-Json $entry.Key
  [pscustomobject]@{ user = $key[0]; protocol = $key[1]; agent = $key[2]; code = $key[3]; n = $entry.Value } | ConvertTo-Json -Compress
}`, rows, strings.Join(modern[:], "', '"), columns[1], columns[0], columns[1], columns[2], columns[3])}, ""
}
