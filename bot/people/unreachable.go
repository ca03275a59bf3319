package people

import (
	"context"
	"fmt"

	"legacyauth/bot/people/notice"
	"legacyauth/storage"
)

// Unreached is somebody who cannot be messaged, with a mail to send instead.
type Unreached struct {
	User string
	// Why says why in a word: "nobody" has the address on the platform or is
	// "unlinked" where the platform knows no addresses, "unreachable" takes no direct
	// messages, "nowhere" were they looked for.
	Why           string
	Clients       int // about which they have to do something
	Subject, Mail string
}

// Unreachable lists those who cannot be messaged and have something to do.
func (p *People) Unreachable(ctx context.Context, tenant int64) ([]Unreached, error) {
	var list []Unreached
	err := p.DB.Read(ctx, func(tx *storage.Tx) error {
		list = nil
		all, err := tx.Notices(tenant)
		if err != nil {
			return err
		}
		for i := range all {
			n := &all[i]
			if n.Unreachable == "" {
				continue
			}
			v, err := p.view(tx, n)
			if err != nil {
				return err
			}
			if v.Left() == 0 {
				continue
			}
			u := Unreached{User: n.UserName, Why: n.Unreachable, Clients: v.Left()}
			u.Subject, u.Mail = notice.Mail(v)
			list = append(list, u)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list who cannot be messaged: %w", err)
	}
	return list, nil
}
