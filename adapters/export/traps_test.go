package export

import (
	"errors"
	"strings"
	"testing"
)

// TestT12ErrorAnswerIsNoEmptyLog refuses an API's error that was saved in the
// place of a log: it must not read as "no findings".
func TestT12ErrorAnswerIsNoEmptyLog(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"error":{"code":"TooManyRequests","message":"…","innerError":{"date":"2026-11-02T08:00:00"}}}`,
		`{"error":{"message":"The specified resource was not found","code":"PathNotFoundError"}}`,
		`{"error":"invalid_client","error_description":"…"}`,
		"{\"error\":\n{\"code\":\"UnknownError\"}}",
	} {
		var wrong *WrongTableError
		if _, _, err := all(t, memory("x.json", []byte(text))); !errors.As(err, &wrong) || !strings.HasPrefix(wrong.What, "an error answer of the API") {
			t.Errorf("%s: got %v", text, err)
		}
	}
}

// TestT14PartsAreCalledParts wants every kind of cut download named as one.
func TestT14PartsAreCalledParts(t *testing.T) {
	t.Parallel()
	row := ids(1)[0]
	for name, text := range map[string]string{
		"portal limit":        "[" + strings.Repeat(row+",", 99_999) + row + "]",
		"cut in a row":        "[" + row + "," + row[:40],
		"page of many":        `{"value":[` + row + `],"@odata.nextLink":"https://graph.microsoft.com/beta/auditLogs/signIns?$skiptoken=x"}`,
		"query stopped early": `{"tables":[{"columns":[{"name":"UserId"},{"name":"ResultType"},{"name":"ClientAppUsed"}],"rows":[["u","0","IMAP4"]]}],"error":{"code":"PartialError"}}`,
		"throttled midway":    row + "\n" + row + "\n" + `{"error":{"code":"TooManyRequests"}}` + "\n",
	} {
		_, r, err := all(t, memory("x", []byte(text)))
		p := Parts([]Report{r})[0]
		if err != nil || p.Truncated == "" && len(p.Gaps) == 0 {
			t.Errorf("%s: %+v, %v; want it called a part", name, p, err)
		}
	}
}
