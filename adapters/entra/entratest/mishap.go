package entratest

import (
	"net/http"
	"strconv"
	"time"
)

// Mishap is one way to misbehave; its zero value is none. Several fields may
// be set together: first the delay, then the reset or the refusal, then what
// happens to the body.
type Mishap struct {
	// Name appears in the log.
	Name string
	// Delay passes before anything is sent.
	Delay time.Duration
	// Reset closes the connection without an answer.
	Reset bool
	// Status refuses the request with this status, Code and Message; the
	// latter two default to what Graph says with the status. RetryAfter is the
	// header, in seconds, where it is not empty.
	Status        int
	Code, Message string
	RetryAfter    string
	// Cut closes the connection after CutAfter bytes of the body.
	Cut      bool
	CutAfter int
	// Chunk sends the body in pieces of so many bytes, with a Pause after
	// each.
	Chunk int
	Pause time.Duration
	// Repeat sends the last rows of the page before once more.
	Repeat int
	// NextLink makes the nextLink point to another server, "https://host:port".
	NextLink string
}

// Throttled is a 429 that asks to wait, in whole seconds.
func Throttled(wait time.Duration) Mishap {
	return Mishap{Name: "429", Status: http.StatusTooManyRequests, RetryAfter: seconds(wait)}
}

// Unavailable is a 503 that asks to wait, in whole seconds.
func Unavailable(wait time.Duration) Mishap {
	return Mishap{Name: "503", Status: http.StatusServiceUnavailable, RetryAfter: seconds(wait)}
}

// TimedOut is a 504 after a delay, which is how Graph answers a filter that is
// too much for it.
func TimedOut(after time.Duration) Mishap {
	return Mishap{Name: "504", Status: http.StatusGatewayTimeout, Delay: after}
}

// Refused is an error with the code and message given.
func Refused(status int, code, message string) Mishap {
	return Mishap{Name: strconv.Itoa(status), Status: status, Code: code, Message: message}
}

// ConnectionReset closes the connection instead of answering. Go's client
// repeats a GET by itself, once, when the connection was one it used before;
// so it takes two in a row to be noticed there.
func ConnectionReset() Mishap { return Mishap{Name: "reset", Reset: true} }

// CutShort closes the connection after so many bytes of the body.
func CutShort(bytes int) Mishap { return Mishap{Name: "cut", Cut: true, CutAfter: bytes} }

// SlowBody sends the body in pieces with pauses.
func SlowBody(chunk int, pause time.Duration) Mishap {
	return Mishap{Name: "slow", Chunk: chunk, Pause: pause}
}

// Repeated begins a page with the last rows of the page before.
func Repeated(rows int) Mishap { return Mishap{Name: "repeat", Repeat: rows} }

// ForeignLink sends the client to another server for the next page.
func ForeignLink(to string) Mishap { return Mishap{Name: "foreign", NextLink: to} }

// NoLicense is what a tenant without P1 or P2 is told. With NoPermission and
// NoRole it is one of the three refusals of the sign-in log that Microsoft
// documents.
func NoLicense() Mishap { return refusing("license", noLicense()) }

// NoPermission names the permission that is missing.
func NoPermission(name string) Mishap { return refusing("permission", missingPermission(name)) }

// NoRole is what a person without a reader role is told.
func NoRole() Mishap { return refusing("role", missingRole()) }

func refusing(name string, r *refusal) Mishap {
	return Mishap{Name: name, Status: r.status, Code: r.code, Message: r.message}
}

func seconds(d time.Duration) string { return strconv.Itoa(int(d / time.Second)) }

// refusal is the answer of a mishap with a status.
func (m Mishap) refusal() *refusal {
	r := &refusal{status: m.Status, code: m.Code, message: m.Message}
	usual := map[int][2]string{
		http.StatusTooManyRequests:    {"TooManyRequests", "This request is throttled. Please try again after the value specified in the Retry-After header."},
		http.StatusServiceUnavailable: {"serviceNotAvailable", "The service is unavailable."},
		http.StatusGatewayTimeout:     {"UnknownError", ""},
		http.StatusBadRequest:         {"BadRequest", "Invalid filter clause"},
		http.StatusUnauthorized:       {"InvalidAuthenticationToken", "Access token validation failure."},
		http.StatusForbidden:          {"Forbidden", "Access is denied."},
	}
	if r.code == "" {
		r.code = "UnknownError"
		if u, known := usual[m.Status]; known {
			r.code, r.message = u[0], u[1]
		}
	}
	if m.RetryAfter != "" {
		r.header = map[string]string{"Retry-After": m.RetryAfter}
	}
	return r
}
