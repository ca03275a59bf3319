package config

import (
	"cmp"
	"crypto/ed25519"
	"encoding/hex"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Discord is the bot's application on Discord and the servers it answers on.
type Discord struct {
	// Token is where the bot's token is kept.
	Token Place `yaml:"token"`
	// Application is the application's id.
	Application string `yaml:"application"`
	// Listen is the host:port that takes interactions as signed requests; empty:
	// they come through the gateway. A proxy in front of it holds the certificate.
	Listen string `yaml:"listen"`
	// PublicKey is the application's, in hexadecimal; needed with Listen.
	PublicKey string `yaml:"public-key"`
	// Everywhere registers the commands for all servers at once.
	Everywhere bool            `yaml:"everywhere"`
	Servers    []DiscordServer `yaml:"servers"`
	// API is the address of another server that speaks Discord's API.
	API string `yaml:"api"`
}

// DiscordServer is a server and the tenants that people there may ask about.
type DiscordServer struct {
	ID      string   `yaml:"id"`
	Tenants []string `yaml:"tenants"`
}

// Given says whether the configuration has Discord.
func (d Discord) Given() bool {
	return d.Token.given() || d.Application != "" || len(d.Servers) > 0 || d.Listen != "" || d.PublicKey != "" || d.API != ""
}

// ReadToken gives the bot's token from where the file says.
func (d Discord) ReadToken() (string, error) {
	return Value{Env: d.Token.Env, File: d.Token.File}.Read()
}

// Key gives the public key that Load has checked; nil: there is none.
func (d Discord) Key() ed25519.PublicKey {
	key, err := hex.DecodeString(d.PublicKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil
	}
	return key
}

// discordID is the form of Discord's ids.
var discordID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[1-9][0-9]{1,19}$`) })

// checkDiscord finds what is wrong with Discord, and makes it a platform.
func (c *Config) checkDiscord(path string) error {
	if !c.Discord.Given() {
		return nil
	}
	if what, do := c.discordFault(); what != "" {
		return &Error{File: path, Line: cmp.Or(c.lines["discord"], 1), What: what, Do: do}
	}
	*c = c.With(Platform{Name: "discord", Tenants: c.discordTenants})
	return nil
}

func (c *Config) discordFault() (what, do string) {
	d := c.Discord
	switch {
	case !d.Token.given():
		return "Discord has no token.", "Write token: {env: DISCORD_TOKEN}; `legacyauth manifest discord` says where the token comes from."
	case !discordID().MatchString(d.Application):
		return "Discord's application id is not a number in quotation marks.", `Write application: "123456789012345678" with the application ID of the developer portal.`
	case len(d.Servers) == 0:
		return "Discord has no server.", `Write servers: [{id: "123456789012345678", tenants: [NAME]}]; Copy Server ID gives the id once Developer Mode is on.`
	case d.Listen != "" && !addressable(d.Listen):
		return "The address to take Discord's requests at is not host:port.", "Write listen: 127.0.0.1:8323, and have a proxy with a certificate hand requests there; or take listen out for the gateway."
	case d.Listen != "" && d.Key() == nil:
		return "Discord's requests over HTTP need the application's public key.", "Write public-key: with the 64 digits of the developer portal."
	case d.API != "" && !discordAPI(d.API):
		return "The address of Discord's API is not https://….", "Take api out."
	}
	seen := map[string]bool{}
	for _, s := range d.Servers {
		switch {
		case !discordID().MatchString(s.ID):
			return "A Discord server's id is not a number in quotation marks.", "Copy Server ID gives it once Developer Mode is on in Discord's settings."
		case seen[s.ID]:
			return "A Discord server is there twice.", "Write it once, with all of its tenants."
		case len(s.Tenants) == 0:
			return "A Discord server is bound to no tenant.", "Write tenants: [" + strings.Join(c.names(), ", ") + "] for it, or those of them that people there may ask about."
		}
		seen[s.ID] = true
		for _, name := range s.Tenants {
			if _, ok := c.named(name); !ok {
				return "A Discord server names a tenant that is not in the configuration.", "The tenants are " + strings.Join(c.names(), ", ") + "."
			}
		}
	}
	return "", ""
}

// discordAPI takes TLS, or this machine: the token goes there.
func discordAPI(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && slices.Contains([]string{"127.0.0.1", "::1", "localhost"}, u.Hostname())
}

// discordTenants are the tenants that people on a server may ask about.
func (c Config) discordTenants(server string) []string {
	for _, s := range c.Discord.Servers {
		if s.ID == server {
			return s.Tenants
		}
	}
	return nil
}
