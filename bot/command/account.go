package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/detect"
	"legacyauth/storage"
)

// account is an account of a tenant.
type account struct {
	tenant   int64
	id, name string // either may be empty
}

// owns says whether a client signs in as the account.
func (a account) owns(k *storage.Client) bool {
	return k.Tenant == a.tenant && a.is(k.User)
}

func (a account) is(u detect.User) bool {
	return a.id != "" && strings.EqualFold(a.id, u.ID) || a.name != "" && strings.EqualFold(a.name, u.Name)
}

// accounts gives the accounts of a person in the tenants that may be asked about
// from here: the one they are linked to, or else those with the work address that
// the platform vouches for.
func (b *Bot) accounts(tx *storage.Tx, c *Call) ([]account, error) {
	numbers, err := b.numbers(tx, c.Tenants)
	if err != nil {
		return nil, err
	}
	here := valuesOf(numbers)
	link, linked, err := tx.LinkOf(c.From.Platform, c.From.Workspace, c.From.ID)
	if err != nil {
		return nil, err
	}
	if linked {
		if !slices.Contains(here, link.Tenant) {
			return nil, nil
		}
		return []account{{link.Tenant, link.UserID, link.UserName}}, nil
	}
	if c.From.Email == "" {
		return nil, nil
	}
	var list []account
	for _, tenant := range here {
		list = append(list, account{tenant: tenant, name: strings.ToLower(c.From.Email)})
	}
	return list, nil
}

// clientsOf gives the clients of accounts, and those that the person answers for.
func clientsOf(tx *storage.Tx, accounts []account, owner string) ([]storage.Client, error) {
	var list []storage.Client
	seen := map[int64]bool{}
	add := func(tenant int64, f storage.ClientFilter) error {
		found, _, err := tx.Clients(tenant, f)
		for _, k := range found {
			if !seen[k.ID] {
				seen[k.ID] = true
				list = append(list, k)
			}
		}
		return err
	}
	for _, a := range accounts {
		for _, user := range []string{a.id, a.name} {
			if user == "" {
				continue
			}
			if err := add(a.tenant, storage.ClientFilter{User: user}); err != nil {
				return nil, err
			}
		}
		for _, o := range []string{owner, a.name} {
			if o == "" {
				continue
			}
			if err := add(a.tenant, storage.ClientFilter{Owner: o}); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// errNoClient is a client that is not there, or that the asker may not know of:
// both read the same.
var errNoClient = errors.New("no such client")

// one finds a client by its key in the tenants that may be asked about from here.
func (b *Bot) one(tx *storage.Tx, c *Call, key string) (*storage.Client, error) {
	numbers, err := b.numbers(tx, c.Tenants)
	if err != nil {
		return nil, err
	}
	key = strings.ToLower(strings.TrimSpace(key))
	for _, tenant := range valuesOf(numbers) {
		k, ok, err := tx.ClientByKey(tenant, key)
		if err != nil {
			return nil, err
		}
		if ok {
			return &k, nil
		}
	}
	return nil, errNoClient
}

// find is one in a transaction of its own; a client that is not there is the
// asker's mistake.
func (b *Bot) find(ctx context.Context, c *Call, key string) (*storage.Client, error) {
	var k *storage.Client
	err := b.DB.Read(ctx, func(tx *storage.Tx) (err error) {
		k, err = b.one(tx, c, key)
		return err
	})
	return k, missing(key, err)
}

// missing makes a mistake of a client that is not there.
func missing(key string, err error) error {
	switch {
	case errors.Is(err, errNoClient):
		return &Mistake{"There is no client " + quoted(key) + " here; clients lists them, each with its key of twelve letters and digits."}
	case err != nil:
		return fmt.Errorf("find a client: %w", err)
	}
	return nil
}

// mine says whether a client belongs to the asker: its user, or whoever answers
// for it.
func (b *Bot) mine(tx *storage.Tx, c *Call, k *storage.Client) (bool, error) {
	accounts, err := b.accounts(tx, c)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(accounts, func(a account) bool {
		return a.owns(k) || k.Tenant == a.tenant && k.Owner != "" && (k.Owner == c.From.Who() || strings.EqualFold(k.Owner, a.name))
	}), nil
}

// clientOption is a client by its key.
func (b *Bot) clientOption() Option {
	return Option{
		Option:   chat.Option{Name: "client", About: "The client's key: twelve letters and digits", Required: true, Completes: true},
		Complete: b.completeClient,
	}
}

func (b *Bot) completeClient(ctx context.Context, c *Call, begun string) ([]chat.Choice, error) {
	list, err := b.beginning(ctx, c, begun)
	var choices []chat.Choice
	for _, k := range list {
		label := []rune(who(k.User) + ": " + k.Device.Words() + " by " + k.Protocol.Name())
		choices = append(choices, chat.Choice{Label: string(label[:min(len(label), 100)]), Value: k.Key})
	}
	return choices, err
}

func (b *Bot) beginning(ctx context.Context, c *Call, begun string) (list []storage.Client, err error) {
	err = b.DB.Read(ctx, func(tx *storage.Tx) error {
		numbers, err := b.numbers(tx, c.Tenants)
		if err != nil {
			return err
		}
		list, err = tx.ClientsBeginning(valuesOf(numbers), begun, chat.MaxChoices)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("complete a client: %w", err)
	}
	return list, nil
}
