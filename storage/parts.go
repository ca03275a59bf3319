package storage

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"legacyauth/detect"
)

// A bundle's row is kept in three parts, because each recurs by itself: a
// person signs in from many places, and one agent serves thousands. What is
// left of the row after account and origin is its kind, so that a field added
// to detect.SignIn is kept without a word here.

// accountPart takes from a row who signed in.
func accountPart(s *detect.SignIn) detect.SignIn {
	return detect.SignIn{
		Tenant: s.Tenant, HomeTenant: s.HomeTenant, UserID: s.UserID, User: s.User, DisplayName: s.DisplayName, UserType: s.UserType,
	}
}

// originPart takes from a row where the sign-in came from.
func originPart(s *detect.SignIn) detect.SignIn {
	return detect.SignIn{IP: s.IP, Country: s.Country, City: s.City, DeviceID: s.DeviceID, DeviceName: s.DeviceName}
}

// kindPart takes the rest: a bundle without account, origin, times and counts.
func kindPart(b *detect.Bundle) detect.Bundle {
	rest := detect.Bundle{Row: b.Row, Kind: b.Kind}
	r := &rest.Row
	r.Tenant, r.HomeTenant, r.UserID, r.User, r.DisplayName, r.UserType = "", "", "", "", "", ""
	r.IP, r.Country, r.City, r.DeviceID, r.DeviceName = "", "", "", "", ""
	r.Time = detect.SignIn{}.Time
	return rest
}

// account is accountPart as it is read: a SignIn takes five times as much memory.
type account struct {
	Tenant      string `json:"tenant"`
	HomeTenant  string `json:"homeTenant"`
	UserID      string `json:"userId"`
	User        string `json:"user"`
	DisplayName string `json:"displayName"`
	UserType    string `json:"userType"`
}

// origin is originPart as it is read.
type origin struct {
	IP         string `json:"ip"`
	Country    string `json:"country"`
	City       string `json:"city"`
	DeviceID   string `json:"deviceId"`
	DeviceName string `json:"deviceName"`
}

// assemble puts a bundle's row together again.
func assemble(a *account, o *origin, kind *detect.Bundle) detect.Bundle {
	b := *kind
	r := &b.Row
	r.Tenant, r.HomeTenant, r.UserID, r.User, r.DisplayName, r.UserType = a.Tenant, a.HomeTenant, a.UserID, a.User, a.DisplayName, a.UserType
	r.IP, r.Country, r.City, r.DeviceID, r.DeviceName = o.IP, o.Country, o.City, o.DeviceID, o.DeviceName
	return b
}

// part is one part of a row, ready to be stored.
type part struct {
	hash      [16]byte
	body      string
	name, dir string // of an account
}

// partOf encodes a part. Its hash is that of the tenant, 0 for a part that
// tenants share, and of the body.
func partOf(tenant int64, v any) (part, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return part{}, fmt.Errorf("encode a part of a bundle: %w", err)
	}
	sum := sha256.Sum256(append(strconv.AppendInt(nil, tenant, 10), body...))
	return part{hash: [16]byte(sum[:16]), body: string(body)}, nil
}

// folded is how names and directory ids are kept for comparing: lower-cased,
// and without what a PostgreSQL text cannot hold.
func folded(s string) string {
	return strings.ToLower(stored(s))
}

// stored replaces what a PostgreSQL text cannot hold: bytes that are no UTF-8,
// and NUL.
func stored(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}
