package entra

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/cache"
)

// tokenCache keeps MSAL's tokens of one tenant, in memory or in a file. A file
// that cannot be read or written costs a new sign-in, never the scan, so its
// troubles are told and not returned.
type tokenCache struct {
	file   *cacheFile // nil keeps memory only
	notify func(string)

	mu   sync.Mutex
	held []byte // what MSAL last gave, in memory
	told bool
}

// Replace gives MSAL what is kept. MSAL calls it before every look for a token.
func (c *tokenCache) Replace(ctx context.Context, into cache.Unmarshaler, _ cache.ReplaceHints) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	kept := c.load()
	if kept == nil {
		return nil
	}
	if err := into.Unmarshal(kept); err != nil {
		c.tell("what was kept is damaged")
	}
	return nil
}

// Export keeps what MSAL has now. MSAL calls it after every new token.
func (c *tokenCache) Export(ctx context.Context, from cache.Marshaler, _ cache.ExportHints) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	now, err := from.Marshal()
	if err != nil {
		c.tell("the sign-in library cannot write them")
		return nil
	}
	c.save(now)
	return nil
}

// forget drops the access tokens, so that the next one is new: it then carries
// permissions granted since. A refresh token stays, and with it the person's
// sign-in.
func (c *tokenCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept := c.load()
	if kept == nil {
		return
	}
	var sections map[string]json.RawMessage
	if json.Unmarshal(kept, &sections) != nil {
		sections = map[string]json.RawMessage{}
	}
	delete(sections, "AccessToken")
	rest, err := json.Marshal(sections)
	if err != nil {
		return
	}
	c.save(rest)
}

func (c *tokenCache) load() []byte {
	if c.file == nil {
		return c.held
	}
	kept, err := c.file.read()
	if err != nil {
		c.tell(err.Error())
		return c.held
	}
	if kept == nil {
		return c.held
	}
	return kept
}

func (c *tokenCache) save(now []byte) {
	c.held = now
	if c.file == nil {
		return
	}
	if err := c.file.write(now); err != nil {
		c.tell(err.Error())
	}
}

// tell says once what is wrong; c.mu is held.
func (c *tokenCache) tell(what string) {
	if c.told {
		return
	}
	c.told = true
	c.notify(fmt.Sprintf("tokens are not kept between runs: %s", what))
}
