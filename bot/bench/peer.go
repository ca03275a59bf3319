package bench

// Peer is another program, with a way of asking it.
type Peer struct {
	Name string
	// Program is what it is called on the PATH.
	Program string
	// Arguments ask the question about a file. Not says in words why it is not
	// asked; then there are none.
	Arguments func(f File) (arguments []string, not string)
}

// Peers are the programs people use instead.
func Peers() []Peer {
	return []Peer{
		{"DuckDB, declared columns", "duckdb", declared},
		{"DuckDB, automatic schema", "duckdb", automatic},
		{"jq", "jq", jq},
		{"Python", "python3", python},
		{"PowerShell", "pwsh", powershell},
	}
}

// unwritten is why a shape is not asked about.
func unwritten(f File) string { return "the question is not written for " + f.Shape }

// modern are the client apps that are not legacy, lower-cased.
var modern = [...]string{"browser", "mobile apps and desktop clients", "modern clients"}
