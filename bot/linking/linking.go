// Package linking finds out which account somebody on a platform has, where the
// platform has no work address, and keeps who asked for direct messages. It is the
// same for every platform.
//
// A person is shown a code that is good once and for a while, and tells it an
// admin, who confirms it with the account: neither can link an account alone. An
// admin can also link people directly, or many of them from a table. What is
// linked can be listed and undone; each change stands in the audit trail.
package linking

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/storage"
)

// CodeLife is how long a code is good.
const CodeLife = 15 * time.Minute

// ErrCode is a code that is nobody's, was used, or has expired.
var ErrCode = errors.New("this code is nobody's, was used, or is older than 15 minutes; the person gets a new one with /legacyauth me")

// Account is an account of a tenant; ID may be empty.
type Account struct {
	Tenant   int64
	Name, ID string
}

// Ask stores that a person asked for direct messages.
func Ask(ctx context.Context, db *storage.DB, p chat.Person) error {
	return db.Write(ctx, func(tx *storage.Tx) error {
		had, err := tx.Consents(p.Platform, p.Workspace, p.ID)
		if err != nil || had {
			return err
		}
		if err := tx.Consent(p.Platform, p.Workspace, p.ID); err != nil {
			return err
		}
		return tx.Record(storage.Entry{By: p.Who(), What: "messages.asked", Subject: p.Who()})
	})
}

// Stop takes that back; false: they had not asked.
func Stop(ctx context.Context, db *storage.DB, p chat.Person) (had bool, _ error) {
	return had, db.Write(ctx, func(tx *storage.Tx) (err error) {
		if had, err = tx.Withdraw(p.Platform, p.Workspace, p.ID); err != nil || !had {
			return err
		}
		return tx.Record(storage.Entry{By: p.Who(), What: "messages.stopped", Subject: p.Who()})
	})
}

// Asked gives what tells a platform who asked for direct messages.
func Asked(db *storage.DB) func(context.Context, chat.Person) (bool, error) {
	return func(ctx context.Context, p chat.Person) (asked bool, _ error) {
		return asked, db.Read(ctx, func(tx *storage.Tx) (err error) {
			asked, err = tx.Consents(p.Platform, p.Workspace, p.ID)
			return err
		})
	}
}

// Code gives a person a new code, for them alone to see.
func Code(ctx context.Context, db *storage.DB, p chat.Person) (string, error) {
	code := rand.Text()[:10] // 50 bits, good once and for a quarter of an hour
	code = code[:5] + "-" + code[5:]
	err := db.Write(ctx, func(tx *storage.Tx) error {
		return tx.SaveCode(p.Platform, p.Workspace, p.ID, code, tx.Now().Add(CodeLife))
	})
	if err != nil {
		return "", fmt.Errorf("make a code: %w", err)
	}
	return code, nil
}

// Confirm links the person whose code it is to an account, and gives the person.
// by is the admin, who must be somebody else and on a workspace that sees the
// tenant: sees says whether a workspace does.
func Confirm(ctx context.Context, db *storage.DB, code string, a Account, by chat.Person, sees func(platform, workspace string) bool) (chat.Person, error) {
	var p chat.Person
	wrong := false
	err := db.Write(ctx, func(tx *storage.Tx) error {
		wrong = false
		platform, workspace, person, ok, err := tx.TakeCode(strings.ToUpper(strings.TrimSpace(code)))
		if err != nil {
			return err
		}
		p = chat.Person{Platform: platform, Workspace: workspace, ID: person}
		if !ok || by.Same(p) || !sees(platform, workspace) {
			wrong = true // the code is used up all the same
			return nil
		}
		return link(tx, p, a, "self", by.Who())
	})
	if err == nil && wrong {
		err = ErrCode
	}
	return p, err
}

// link stores a link and says so in the audit trail.
func link(tx *storage.Tx, p chat.Person, a Account, how, by string) error {
	l := storage.Link{Platform: p.Platform, Workspace: p.Workspace, Person: p.ID, Tenant: a.Tenant, UserName: a.Name, UserID: a.ID, How: how, By: by}
	if err := tx.SaveLink(l); err != nil {
		return err
	}
	return tx.Record(storage.Entry{Tenant: a.Tenant, By: by, What: "link.added", Subject: p.Who(), Detail: map[string]string{"account": a.Name, "how": how}})
}
