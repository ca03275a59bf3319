package export

import (
	"errors"
	"strings"
	"testing"
)

// TestWithoutCodes says of a table in which a failure is only called one that
// its reasons cannot be told apart, and refuses one that does not even say that.
func TestWithoutCodes(t *testing.T) {
	t.Parallel()
	const portal, workspace = "Date (UTC),Username,Client app,", "CreatedDateTime,UserPrincipalName,ClientAppUsed,"
	const row = "2026-11-02T08:00:00Z,ada@contoso.com,IMAP4,"
	const blocked = "Failure,Access has been blocked by Conditional Access policies.\n"
	for _, c := range []struct{ name, text, gap, missing string }{
		{"portal, status and reason", portal + "Status,Failure reason\n" + row + blocked, "the file has no error codes", ""},
		{"portal, interrupted", portal + "Status\n" + row + "Interrupted\n", "the file has no error codes", ""},
		{"portal, status of codes", portal + "Status\n" + row + "50126\n", "", ""},
		{"portal, status and code", portal + "Status,Sign-in error code\n" + row + "Failure,53003\n", "", ""},
		{"portal, one row without", portal + "Status,Sign-in error code\n" + row + "Failure,53003\n" + row + "Failure,\n", "1 failed sign-in without an error code", ""},
		{"portal, reason only", portal + "Failure reason\n" + row + "Other.\n", "", "Sign-in error code"},
		{"workspace, status in words", workspace + "Status\n" + row + "Failure\n", "the file has no error codes", ""},
		{"workspace, status object", workspace + "Status\n" + row + `"{""errorCode"":50126}"` + "\n", "", ""},
		{"workspace, neither", workspace + "ResultDescription\n" + row + "Other.\n", "", "ResultType"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, r, err := all(t, memory("x.csv", []byte(c.text)))
			var wrong *WrongTableError
			if errors.As(err, &wrong) != (c.missing != "") || wrong != nil && wrong.Missing != c.missing {
				t.Fatalf("got %v, want a refusal for %q", err, c.missing)
			}
			gaps := strings.Join(r.Gaps, "; ")
			if !strings.Contains(gaps, c.gap) || c.gap == "" && gaps != "" {
				t.Errorf("gaps %q, want %q", gaps, c.gap)
			}
		})
	}
}
