package graphlog

import "fmt"

// Shape is a form in which sign-in logs leave Entra ID.
type Shape string

// The shapes, by the names the command line knows them by.
const (
	Lines      Shape = "graph"      // Graph beta resources, one a line
	Diagnostic Shape = "diagnostic" // diagnostic-setting records, one a line
	Array      Shape = "array"      // a JSON array of Graph beta resources, as the admin center downloads it
	Page       Shape = "page"       // one answer of the Graph API: {"value":[…]}
	PortalCSV  Shape = "portal-csv" // the CSV of the admin center, with a byte-order mark
)

// Frame is what stands around rows in a shape.
type Frame struct {
	Head, Between, Tail string
	// Append appends one row, without what follows it.
	Append func(dst []byte, s *SignIn) []byte
}

// Frame gives the frame of a shape; an error names a shape nobody knows.
func (s Shape) Frame() (Frame, error) {
	switch s {
	case Lines:
		return Frame{Between: "\n", Tail: "\n", Append: AppendGraph}, nil
	case Diagnostic:
		return Frame{Between: "\n", Tail: "\n", Append: AppendDiagnostic}, nil
	case Array:
		return Frame{Head: "[\n", Between: ",\n", Tail: "\n]\n", Append: AppendGraph}, nil
	case Page:
		head := `{"@odata.context":"https://graph.microsoft.com/beta/$metadata#auditLogs/signIns","value":[` + "\n"
		return Frame{Head: head, Between: ",\n", Tail: "\n]}\n", Append: AppendGraph}, nil
	case PortalCSV:
		return Frame{Head: "\ufeff" + PortalHeader + "\n", Between: "\n", Tail: "\n", Append: AppendPortal}, nil
	}
	return Frame{}, fmt.Errorf("unknown shape %q: use graph, diagnostic, array, page or portal-csv", string(s))
}
