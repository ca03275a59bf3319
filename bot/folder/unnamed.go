package folder

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"strings"

	"legacyauth/detect"
)

// unnamed gives ids to the legacy rows of one file that have none, so that they are
// known again when the file has grown and is read once more. Of rows alike in
// everything the first, second and so on are told apart. Repeats of modern rows do
// no harm, and they are most of any log.
type unnamed struct {
	path string
	rows int
	seen map[[16]byte]uint64
}

func (u *unnamed) mark(rows []detect.SignIn) {
	for i := range rows {
		s := &rows[i]
		if s.ID == "" && s.Event.ByUser() && detect.ParseClientApp(s.ClientApp) != detect.Modern {
			s.ID = u.id(s)
		}
	}
}

func (u *unnamed) id(s *detect.SignIn) string {
	h := sha256.New()
	write(h, u.path)
	for _, text := range []string{
		s.Tenant, s.UserID, s.User, s.ClientApp, s.AuthProtocol, s.Agent, s.AppID, s.App, s.Resource, s.IP,
		s.CAStatus, s.DeviceID, s.DeviceName, s.Event.String(), strings.Join(s.ReportOnly, "\x00"), s.Result.Reason,
	} {
		write(h, text)
	}
	number(h, s.Time.UnixNano())
	number(h, int64(s.Result.Code))
	var content [16]byte
	copy(content[:], h.Sum(nil))
	if u.seen == nil {
		u.seen = map[[16]byte]uint64{}
	}
	u.rows++
	u.seen[content]++
	number(h, int64(u.seen[content])) //nolint:gosec // a count of rows
	return "row " + hex.EncodeToString(h.Sum(nil)[:16])
}

func write(h hash.Hash, text string) {
	number(h, int64(len(text)))
	_, _ = h.Write([]byte(text)) // never fails
}

func number(h hash.Hash, n int64) {
	_, _ = h.Write(binary.BigEndian.AppendUint64(nil, uint64(n))) //nolint:gosec // any bits do
}
