package explain

import (
	"errors"
	"fmt"

	"legacyauth/playbooks/card"
)

// MaxText is how many bytes of a pasted text are read; the rest is ignored.
const MaxText = 16 << 10

// Text says what s means. It fails when nothing in s is recognized; the error
// says what can be pasted and never repeats s.
func Text(s string) (Answer, error) {
	known, err := tables()
	if err != nil {
		return Answer{}, err
	}
	p := fold(s)
	if p.words == "" {
		return Answer{}, errors.New("nothing to explain: " + hint)
	}
	for _, try := range []func(*library, pasted) (Answer, bool){
		(*library).statedCode, (*library).reply, (*library).clientApp, (*library).labeledCode, (*library).agent,
	} {
		if a, ok := try(known, p); ok {
			a.Pasted = card.Clean(p.raw)
			return a, nil
		}
	}
	return Answer{}, unrecognized(p)
}

const hint = "paste a user agent (Apple-iPhone12C1/1907.71), " +
	"an SMTP reply (535 5.7.139 Authentication unsuccessful, …), " +
	"an IMAP, POP or EWS error (X-EWS-Policy-Reason: EWS is disabled for this user or tenant), " +
	"a sign-in error code (53003, AADSTS53003: …) " +
	"or a client app of the sign-in log (Authenticated SMTP)"

func unrecognized(p pasted) error {
	if codes := p.statedCodes(); len(codes) > 0 {
		return fmt.Errorf("sign-in code %s is not one of those explained here; look it up at https://login.microsoftonline.com/error?code=%s", codes[0], codes[0])
	}
	if len(p.replies) > 0 {
		return fmt.Errorf("SMTP reply %s is not about signing in or sending with an account; look it up at https://learn.microsoft.com/en-us/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online", p.replies[0])
	}
	return errors.New("not recognized: " + hint)
}

// reply explains an error line by the entries for EWS, SMTP, IMAP and POP.
func (l *library) reply(p pasted) (Answer, bool) {
	for _, e := range l.replies {
		if e.matches(p) {
			a := e.answer()
			if len(p.replies) > 0 && (a.Code == "" || e.kind == SMTPError && e.reply.code == "") {
				a.Code = p.replies[0].String()
			}
			return a, true
		}
	}
	return Answer{}, false
}
