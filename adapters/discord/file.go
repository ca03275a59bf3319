package discord

import (
	"bytes"
	"cmp"
	"fmt"
	"mime"
	"path"
	"strings"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// maxUpload is how much fits into one message on a server without boosts, less
// what stands around it (https://discord.com/developers/docs/reference#uploading-files,
// 10 MiB, read 2026-11-29).
const maxUpload = 10<<20 - 64<<10

// file is one that is sent, under a name as Discord keeps it.
type file struct {
	name, kind, alt string
	data            []byte
}

func (f file) picture() bool { return strings.HasPrefix(f.kind, "image/") }

// attachment says in the message what a file is.
type attachment struct {
	ID          string `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
}

// packed gives the files that fit into a message, and the names of the others.
func packed(files []chat.File) (fit []file, left []string) {
	room := maxUpload
	taken := map[string]bool{}
	for _, f := range files {
		if len(fit) == maxFiles || len(f.Data) > room {
			left = append(left, f.Name)
			continue
		}
		room -= len(f.Data)
		name := plainName(f.Name)
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%d-%s", n, plainName(f.Name))
		}
		taken[name] = true
		kind := cmp.Or(f.Type, mime.TypeByExtension(path.Ext(name)), "application/octet-stream")
		fit = append(fit, file{name, kind, shortened(f.Alt, 1024), f.Data})
	}
	return fit, left
}

// plainName keeps of a name what Discord keeps, so that the message can point at
// the file.
func plainName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
			return r
		}
		return '_'
	}, card.Clean(name))
	if len(name) > 100 {
		name = name[len(name)-100:]
	}
	return cmp.Or(strings.TrimLeft(name, "."), "file")
}

func attached(files []file) (list []attachment, parts []*discordgo.File) {
	list = []attachment{}
	for i, f := range files {
		list = append(list, attachment{fmt.Sprint(i), f.name, f.alt})
		parts = append(parts, &discordgo.File{Name: f.name, ContentType: f.kind, Reader: bytes.NewReader(f.data)})
	}
	return list, parts
}
