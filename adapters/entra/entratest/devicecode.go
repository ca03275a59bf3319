package entratest

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"
)

// deviceCodes are the device code flows under way.
type deviceCodes struct {
	mu    sync.Mutex
	flows map[string]*deviceFlow // by device code
}

// deviceFlow is one code waiting for its person.
type deviceFlow struct {
	tenant, app, scope, userCode string
	until                        time.Time
	polled                       time.Time
	approvedBy                   string
	declined                     bool
}

// deviceCode starts a flow: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code
func (s *Server) deviceCode(out *answer, d *directory) {
	form, t := out.r.PostForm, d.view()
	a := t.app(form.Get("client_id"))
	if a == nil {
		s.fail(out, noApp(form.Get("client_id"), &t))
		return
	}
	code, flow := newGUID()+newGUID(), &deviceFlow{
		tenant: t.ID, app: a.ClientID, scope: form.Get("scope"), userCode: newUserCode(),
		until: s.now().Add(s.config.DeviceCodeLife),
	}
	s.codes.mu.Lock()
	if s.codes.flows == nil {
		s.codes.flows = make(map[string]*deviceFlow)
	}
	s.codes.flows[code] = flow
	s.codes.mu.Unlock()
	address := "https://microsoft.com/devicelogin"
	s.sendJSON(out, map[string]any{
		"user_code": flow.userCode, "device_code": code, "verification_uri": address,
		"expires_in": int(s.config.DeviceCodeLife.Seconds()),
		"interval":   max(1, int(s.config.DeviceCodeInterval.Seconds())),
		"message":    fmt.Sprintf("To sign in, use a web browser to open the page %s and enter the code %s to authenticate.", address, flow.userCode),
	})
}

// newUserCode is nine of the letters and digits that are not mistaken for
// each other.
func newUserCode() string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
	b := make([]byte, 9)
	_, _ = rand.Read(b) // crypto/rand.Read never returns an error
	for i := range b {
		b[i] = letters[int(b[i])%len(letters)]
	}
	return string(b)
}

// ApproveDevice enters a user code as a person of the tenant, who is named by
// id or user principal name. The error says that there is no such code or
// person.
func (s *Server) ApproveDevice(userCode, user string) error {
	return s.decide(userCode, func(f *deviceFlow) error {
		t := s.tenant(f.tenant).view()
		u := t.user(user)
		if u == nil {
			return fmt.Errorf("approve a device code: %w", noUser(user, &t))
		}
		f.approvedBy = u.ID
		return nil
	})
}

// DeclineDevice enters a user code and refuses. The error says that there is
// no such code.
func (s *Server) DeclineDevice(userCode string) error {
	return s.decide(userCode, func(f *deviceFlow) error {
		f.declined = true
		return nil
	})
}

func (s *Server) decide(userCode string, f func(*deviceFlow) error) error {
	s.codes.mu.Lock()
	defer s.codes.mu.Unlock()
	for _, flow := range s.codes.flows {
		if strings.EqualFold(flow.userCode, userCode) {
			return f(flow)
		}
	}
	return errors.New("no device code flow has this user code")
}

// redeemDeviceCode answers one poll.
func (s *Server) redeemDeviceCode(form url.Values, t *Tenant, a *App) (*granted, *failure) {
	if !a.Public {
		return nil, refusedClient(7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.")
	}
	s.codes.mu.Lock()
	defer s.codes.mu.Unlock()
	code := form.Get("device_code")
	flow := s.codes.flows[code]
	now := time.Now()
	switch {
	case flow == nil || flow.tenant != t.ID || flow.app != a.ClientID:
		return nil, refusedRequest(70019, "bad_verification_code", "Verification code expired. Have the user retry the sign-in.")
	case !s.now().Before(flow.until):
		return nil, refusedRequest(70020, "expired_token", "The provided value for the input parameter 'device_code' is not valid. This device code has expired.")
	case flow.declined:
		return nil, refusedRequest(70018, "authorization_declined", "User declined to authorize the device.")
	case now.Sub(flow.polled) < s.config.DeviceCodeInterval:
		flow.polled = now
		return nil, refusedRequest(70016, "slow_down", "OAuth 2.0 device flow error. The client polls too often. Slow down.")
	case flow.approvedBy == "":
		flow.polled = now
		return nil, refusedRequest(70016, "authorization_pending", "OAuth 2.0 device flow error. Authorization is pending. Continue polling.")
	}
	u := t.user(flow.approvedBy)
	if u == nil {
		return nil, noUser(flow.approvedBy, t)
	}
	delete(s.codes.flows, code)
	return s.delegated(t, a, u, flow.scope)
}
