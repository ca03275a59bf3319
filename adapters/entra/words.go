package entra

import (
	"strings"
	"time"
)

// words are what explanations call this tenant's things. Texts in the tables
// hold {placeholders} that say fills in.
type words struct {
	tenant     Tenant
	credential string // such as "certificate app.pem (thumbprint 0A…)"; never a secret
	skew       *skew
}

func (w words) say(text string) string {
	cloud := w.tenant.cloud()
	return strings.NewReplacer(
		"{name}", w.tenant.Name,
		"{tenant}", w.tenant.TenantID,
		"{client}", orElse(w.tenant.ClientID, "(none)"),
		"{credential}", w.credential,
		"{consent}", w.tenant.Consent(),
		"{cloud}", cloud.Title,
		"{portal}", cloud.Portal,
		"{authority}", cloud.Authority,
	).Replace(text)
}

// explained builds an error from a row of a table.
func (w words) explained(code Code, reason, do string) *Error {
	return &Error{Code: code, Reason: w.say(reason), Do: w.say(do)}
}

// clock explains a wrong clock if the answers so far prove one, and returns nil
// otherwise.
func (w words) clock() *Error {
	off, known := w.skew.known()
	if !known || off.Abs() < tolerated {
		return nil
	}
	side := "behind"
	if off < 0 {
		side = "ahead of"
	}
	return &Error{
		Code:   CodeClockSkew,
		Reason: "This machine's clock is " + off.Abs().Round(time.Second).String() + " " + side + " Microsoft's.",
		Do:     "Set it right and keep it so: `timedatectl set-ntp true` on Linux, `w32tm /resync` on Windows. Microsoft accepts five minutes.",
	}
}
