package terminal

import (
	"os"
	"runtime"
	"strings"

	"golang.org/x/term"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// Options is what the output can show. The zero value suits a pipe or a file:
// nothing is wrapped, shortened or colored.
type Options struct {
	// Width is the number of columns; 0 means that there is no limit.
	Width int
	// Color allows ANSI colors and weights.
	Color bool
	// Typed says how a command of chat is typed here, by the words behind
	// chat.Prefix; nil: as chat.Typed says for a terminal.
	Typed func(words string) string
}

// named gives a card with its commands as they are typed here.
func (o Options) named(c card.Card) card.Card {
	if o.Typed != nil {
		return chat.Named(c, o.Typed)
	}
	return chat.Named(c, func(words string) string { return chat.Typed(chat.Terminal, words) })
}

// usualWidth is assumed of a terminal that does not tell its size.
const usualWidth = 80

// Detect gives the options for f: those of the terminal it is, else the zero
// value. environ holds "NAME=value" entries as from os.Environ. A NO_COLOR that
// is not empty turns color off (https://no-color.org, read 2026-11-22), and so
// does TERM=dumb.
func Detect(f *os.File, environ []string) Options {
	fd := int(f.Fd())
	if !term.IsTerminal(fd) {
		return Options{}
	}
	width, _, err := term.GetSize(fd)
	if err != nil || width <= 0 {
		width = usualWidth
	}
	return Options{Width: width, Color: colorful(environ, runtime.GOOS)}
}

// colorful says whether a terminal shows colors. A console of Windows does if
// it names itself as one of those that do.
func colorful(environ []string, system string) bool {
	set := map[string]string{}
	for _, e := range environ {
		name, value, _ := strings.Cut(e, "=")
		set[name] = value
	}
	if set["NO_COLOR"] != "" || set["TERM"] == "dumb" {
		return false
	}
	return system != "windows" || set["WT_SESSION"] != "" || set["TERM"] != "" || set["ConEmuANSI"] == "ON"
}
