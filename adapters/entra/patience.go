package entra

import (
	"errors"
	"fmt"
	"time"
)

// The SDK repeats 429, 503 and 504 within one attempt. What it leaves alone,
// though repeating it is safe for a GET, is repeated here.
const (
	mostFailures  = 3 // no connection, 500, 502, and 503 beyond the SDK's own
	mostThrottles = 6 // beyond the SDK's own, each after the wait that was asked for
)

// patience counts what has been repeated for one request.
type patience struct {
	failures, throttles int
	renewed             bool
}

// again decides whether to repeat a request that failed, and after which wait.
// A 504 and a request without an answer in time are left to the caller, who can
// ask for less.
func (p *patience) again(g *Graph, err error) (time.Duration, bool) {
	var e *Error
	if !errors.As(err, &e) {
		return 0, false
	}
	switch e.Code {
	case CodeNetwork, CodeUnavailable:
		p.failures++
		if p.failures > mostFailures {
			return 0, false
		}
		wait := max(e.After, g.opt.Backoff<<(p.failures-1))
		g.opt.Notify(fmt.Sprintf("%s Trying again in %s.", e.Reason, wait))
		return wait, true
	case CodeThrottled:
		p.throttles++
		return max(e.After, g.opt.Backoff<<(p.throttles-1)), p.throttles <= mostThrottles
	case CodeTokenRefused, CodeClockSkew, CodeAuditLogRead, CodeDirectoryRead, CodePermission, CodeRole, CodeLicense:
		// A token from the cache may have ended while the request waited, and does
		// not know what was granted since.
		_, _, cached := g.tokens.last()
		if p.renewed || !cached {
			return 0, false
		}
		p.renewed = true
		g.tokens.login.forget()
		return 0, true
	}
	return 0, false
}
