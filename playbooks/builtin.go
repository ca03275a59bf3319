package playbooks

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"
)

//go:embed library calendar.yaml
var embedded embed.FS

// Builtin gives the playbooks that come with the program. They are read once,
// and what they say below their front matter when the first of them is asked for
// it: most commands only choose between them. An expired review is no error here;
// see Library.Stale.
func Builtin() (*Library, error) { return builtin() }

var builtin = sync.OnceValues(func() (*Library, error) {
	l, err := (&Library{}).with(own())
	if err != nil {
		return nil, fmt.Errorf("load the built-in playbooks: %w", err)
	}
	return l, nil
})

// own gives the front matter of the embedded playbooks, with whatever is wrong
// with it.
var own = sync.OnceValue(func() *directory {
	d := readEmbedded(true)
	for _, p := range d.playbooks {
		p.content = func() *content { return wholeOwn().mustHave(p.ID).content() }
	}
	return d
})

// wholeOwn gives the embedded playbooks with all they say. A mistake in them is
// one of the build, which the tests of this package find.
var wholeOwn = sync.OnceValue(func() *Library {
	l, err := (&Library{}).with(readEmbedded(false))
	if err != nil {
		panic(fmt.Sprintf("load the built-in playbooks: %v", err))
	}
	return l
})

func (l *Library) mustHave(id string) *Playbook {
	p, ok := l.ByID(id)
	if !ok {
		panic("the built-in playbooks lack " + id)
	}
	return p
}

func readEmbedded(front bool) *directory {
	const dir = "playbooks"
	d := &directory{}
	library, err := fs.Sub(embedded, "library")
	if err != nil {
		d.fail(dir, "the embedded library cannot be read", err)
		return d
	}
	d.read(library, dir+"/library", front)
	d.readCalendar(embedded, calendarFile, dir)
	return d
}
