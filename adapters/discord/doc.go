// Package discord is Discord as a platform: alerts and direct messages through
// its REST API, commands and buttons through its gateway or through signed HTTP
// requests (https://discord.com/developers/docs, read 2026-11-29). Both go
// through bwmarrin/discordgo, which speaks version 9 of the API.
//
// # Messages
//
// A card becomes components (version 2 of them): one container with a colored
// edge, texts, and a row of buttons or a menu where there is something to do.
// Compared with embeds they carry a menu beside each entry, files with a text
// for who cannot see them, and ids in which a message keeps its key, so that
// Find sees it a hundred messages later. Every mark that means something to
// Discord is escaped, and no message may notify anybody.
//
// # Limits
//
// discordgo waits inside a call when a rate limit is used up, with every other
// call of the same kind behind it. Here an attempt that would break a limit is
// not made: it gives a chat.RetryError at once, so that one slow channel holds up
// no other. Refused requests are counted, and far below the number for which
// Discord shuts an address out (10,000 in ten minutes) none is made any more.
//
// # Who gets what
//
// Only servers in Config.Servers are answered and written to, and only people
// who asked for it get direct messages (Config.Consent).
package discord
