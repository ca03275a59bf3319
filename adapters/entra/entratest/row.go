package entratest

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// The kinds of sign-in that signInEventTypes names.
const (
	Interactive      = "interactiveUser"
	NonInteractive   = "nonInteractiveUser"
	ServicePrincipal = "servicePrincipal"
	ManagedIdentity  = "managedIdentity"
)

// Row is one sign-in of a tenant's log: what it can be found by, and its JSON.
type Row struct {
	// ID is its id; Time its createdDateTime.
	ID   string
	Time time.Time
	// Event is its first signInEventTypes member; empty means Interactive.
	Event string
	// ClientApp is its clientAppUsed.
	ClientApp string
	// UserID, User (the userPrincipalName), AppID and IP are what else a
	// filter may name.
	UserID, User, AppID, IP string
	// ErrorCode is its status/errorCode.
	ErrorCode int
	// Visible is when the row appears in the log; zero means at once. A row
	// appears by the services' clock.
	Visible time.Time
	// JSON is the whole row in the beta shape. Where it is nil, Append is
	// called for it each time, which keeps a large log small; it gets the row
	// and appends its JSON.
	JSON   json.RawMessage
	Append func(dst []byte, r *Row) []byte

	order int
}

// ParseRow reads a sign-in from a JSON object of the beta shape, which it
// keeps. The error says what makes the object unusable.
func ParseRow(raw json.RawMessage) (Row, error) {
	var v struct {
		ID                string    `json:"id"`
		CreatedDateTime   time.Time `json:"createdDateTime"`
		SignInEventTypes  []string  `json:"signInEventTypes"`
		IsInteractive     *bool     `json:"isInteractive"`
		ClientAppUsed     string    `json:"clientAppUsed"`
		UserID            string    `json:"userId"`
		UserPrincipalName string    `json:"userPrincipalName"`
		AppID             string    `json:"appId"`
		IPAddress         string    `json:"ipAddress"`
		Status            struct {
			ErrorCode int `json:"errorCode"`
		} `json:"status"`
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return Row{}, fmt.Errorf("read a sign-in: %w", err)
	}
	if v.ID == "" {
		return Row{}, errors.New("read a sign-in: it has no id")
	}
	r := Row{
		ID: v.ID, Time: v.CreatedDateTime, ClientApp: v.ClientAppUsed,
		UserID: v.UserID, User: v.UserPrincipalName, AppID: v.AppID, IP: v.IPAddress,
		ErrorCode: v.Status.ErrorCode, JSON: raw,
	}
	switch {
	case len(v.SignInEventTypes) > 0:
		r.Event = v.SignInEventTypes[0]
	case v.IsInteractive != nil && !*v.IsInteractive:
		r.Event = NonInteractive
	}
	return r, nil
}

func (r *Row) event() string {
	if r.Event == "" {
		return Interactive
	}
	return r.Event
}

func (r *Row) appendJSON(dst []byte) []byte {
	if r.JSON != nil || r.Append == nil {
		return append(dst, r.JSON...)
	}
	return r.Append(dst, r)
}
