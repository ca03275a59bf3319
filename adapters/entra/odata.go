package entra

import (
	"bytes"

	jsonserialization "github.com/microsoft/kiota-serialization-json-go"
	"github.com/microsoftgraph/msgraph-sdk-go/models/odataerrors"
)

// odata is what Graph's error body says, reduced to what explanations need.
type odata struct {
	code    string
	message string // for telling failures apart, never for showing: it may quote names
	request string
}

// readOData reads a body with the SDK's own type; ok is false when it is not
// Graph's kind of error at all, but a proxy's page for example.
func readOData(body []byte) (o odata, ok bool) {
	if !bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) {
		return odata{}, false
	}
	node, err := jsonserialization.NewJsonParseNode(body)
	if err != nil {
		return odata{}, false
	}
	value, err := node.GetObjectValue(odataerrors.CreateODataErrorFromDiscriminatorValue)
	if err != nil {
		return odata{}, false
	}
	failure, is := value.(odataerrors.ODataErrorable)
	if !is || failure.GetErrorEscaped() == nil {
		return odata{}, false
	}
	main := failure.GetErrorEscaped()
	o = odata{code: text(main.GetCode()), message: text(main.GetMessage())}
	if inner := main.GetInnerError(); inner != nil {
		o.request = text(inner.GetRequestId())
	}
	return o, true
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
