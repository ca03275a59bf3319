package cli

import (
	"fmt"
	"time"

	"legacyauth/bot/config"
	"legacyauth/bot/tenants"
)

// TenantFlags say which tenants a command is about.
type TenantFlags struct {
	Config string   `type:"path" env:"LEGACYAUTH_CONFIG" default:"legacyauth.yaml" placeholder:"FILE" help:"The configuration file."`
	Tenant []string `placeholder:"NAME" help:"Only the tenant with this name in the configuration. Repeat for several; default: all."`
}

// opened reads the configuration and gives what opens its tenants.
func (f TenantFlags) opened(env *Env, notify func(string)) (*tenants.Opener, []config.Tenant, error) {
	c, err := config.Load(f.Config)
	if err != nil {
		return nil, nil, err
	}
	chosen, err := c.Named(f.Tenant)
	if err != nil {
		return nil, nil, usageError{err}
	}
	return &tenants.Opener{
		Config: c, Notify: notify, Now: env.Now, Options: env.Entra,
		Prompt: tenants.Ask(func(words string) { _, _ = fmt.Fprintln(env.Stderr, words) }),
	}, chosen, nil
}

// quiet drops what is being waited for.
func quiet(string) {}

// took writes a duration as people say it.
func took(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
