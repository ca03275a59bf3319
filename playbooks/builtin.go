package playbooks

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"
)

//go:embed library calendar.yaml
var embedded embed.FS

// Builtin gives the playbooks that come with the program. They are read once.
// An expired review is no error here; see Library.Stale.
func Builtin() (*Library, error) { return builtin() }

var builtin = sync.OnceValues(func() (*Library, error) {
	l, err := (&Library{}).with(own())
	if err != nil {
		return nil, fmt.Errorf("load the built-in playbooks: %w", err)
	}
	return l, nil
})

// own gives the embedded playbooks as read, with whatever is wrong with them.
var own = sync.OnceValue(readEmbedded)

func readEmbedded() *directory {
	const dir = "playbooks"
	library, err := fs.Sub(embedded, "library")
	if err != nil {
		d := &directory{}
		d.fail(dir, "the embedded library cannot be read", err)
		return d
	}
	d := readDirectory(library, dir+"/library")
	d.readCalendar(embedded, calendarFile, dir)
	return d
}
