package report

import _ "embed"

// Schema is the JSON Schema of Scan.
//
//go:embed scan.schema.json
var Schema []byte
