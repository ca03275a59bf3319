package detect

import (
	"crypto/sha256"
	"encoding/binary"
)

// ID names the bundle: a hash of everything that two sign-ins must share to be
// in one bundle, the day included. It is the same in every process.
func (b Bundle) ID() [16]byte {
	day := int64(-1)
	if !b.Row.Time.IsZero() {
		day = int64(dayOf(b.Row.Time))
	}
	return b.hash(day)
}

// Template names what the bundle has in common with those of other days: a hash
// of everything but the day.
func (b Bundle) Template() [16]byte { return b.hash(-2) }

// hash writes each field with its length before it, so that no two rows read
// alike.
func (b *Bundle) hash(day int64) [16]byte {
	r := &b.Row
	buffer := make([]byte, 0, 512)
	buffer = binary.AppendVarint(buffer, day)
	for _, text := range [...]string{
		r.Tenant, r.HomeTenant, r.UserID, r.User, r.DisplayName, r.UserType, r.ClientApp, r.AuthProtocol, r.Agent, r.App, r.AppID,
		r.Resource, r.IP, r.Country, r.City, r.Result.Reason, r.CAStatus, r.DeviceID, r.DeviceName, r.DeviceOS, r.Browser, string(b.Kind),
	} {
		buffer = append(binary.AppendUvarint(buffer, uint64(len(text))), text...)
	}
	for _, policy := range r.ReportOnly {
		buffer = append(binary.AppendUvarint(buffer, uint64(len(policy))), policy...)
	}
	buffer = binary.AppendVarint(buffer, int64(r.Result.Code))
	sum := sha256.Sum256(append(buffer, bit(r.Result.Known), bit(r.PoliciesTold), byte(r.Event)))
	return [16]byte(sum[:16])
}

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}
