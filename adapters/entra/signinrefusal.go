package entra

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// refusal is the body with which the authority refuses to sign in.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes#handling-error-codes-in-your-application
type refusal struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
	Codes       []int  `json:"error_codes"`
	Trace       string `json:"trace_id"`
}

// pending reports whether the refusal only says that the person with the device
// code has not finished.
func (r refusal) pending() bool {
	return r.Error == "authorization_pending" || r.Error == "slow_down"
}

var aadsts = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`AADSTS(\d{4,9})`) })

// number is Entra's code, 0 when the body names none.
func (r refusal) number() int {
	if len(r.Codes) > 0 {
		return r.Codes[0]
	}
	if m := aadsts().FindStringSubmatch(r.Description); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 0
}

// readRefusal reads a body; ok is false when it is not a refusal by Entra at
// all, but a proxy's page for example.
func readRefusal(body []byte) (r refusal, ok bool) {
	if json.Unmarshal(body, &r) != nil || r.Error == "" {
		return refusal{}, false
	}
	return r, true
}

// signInRefused explains a refusal by the authority.
func (w words) signInRefused(status int, r refusal) *Error {
	number := r.number()
	e := w.refusalFor(number, r)
	e.Status = status
	e.Request = identifier(r.Trace)
	if number != 0 {
		e.Service = "AADSTS" + strconv.Itoa(number)
	} else {
		e.Service = identifier(r.Error)
	}
	return e
}

func (w words) refusalFor(number int, r refusal) *Error {
	switch {
	case number == 700024:
		if e := w.clock(); e != nil {
			return e
		}
		if _, federated := w.tenant.Credential.(Federation); federated {
			return w.explained(CodeAssertionExpired,
				"The assertion in {credential} is outside its time of validity.",
				"Let whatever writes the file renew it; in Kubernetes, check that the pod has the label azure.workload.identity/use: \"true\".")
		}
		return w.explained(CodeClockSkew,
			"Microsoft found the signed request outside its time of validity, which a wrong clock causes.",
			"Compare this machine's clock with the right time, and let it be set by the network.")
	case number == 700027 && strings.Contains(strings.ToLower(r.Description), "expired"):
		return w.explained(CodeCertificateExpired, certificateExpired, newCertificate)
	case r.Error == "authorization_declined":
		number = 70018
	case r.Error == "expired_token":
		number = 70020
	}
	for _, row := range signInRefusals {
		for _, n := range row.numbers {
			if n == number {
				return w.explained(row.code, row.reason, row.do)
			}
		}
	}
	do := "Look the error up at {authority}/error."
	if number != 0 {
		do = "Look it up at {authority}/error?code=" + strconv.Itoa(number) + "."
	}
	return w.explained(CodeSignInRefused, "Microsoft refuses to sign in to tenant {name} with {credential}.", do)
}
