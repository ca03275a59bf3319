package playbooks

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"
	"time"
)

//go:embed library calendar.yaml
var embedded embed.FS

// Builtin gives the playbooks that come with the program. Their front matter is
// compiled in, since every start would wait for it to be read; what stands below is
// read when the first of them is asked for it. An expired review is no error here;
// see Library.Stale. The error is always nil: the tests of this package find what is
// wrong with the files.
func Builtin() (*Library, error) { return builtin(), nil }

var builtin = sync.OnceValue(func() *Library {
	l := &Library{}
	l.all, l.calendar = indexed()
	for _, p := range l.all {
		p.calendar, p.titles = l.calendar, l.titlesOf(p.See)
		p.content = func() *content { return wholeOwn().mustHave(p.ID).content() }
	}
	return l
})

// wholeOwn gives the embedded playbooks with all they say. A mistake in them is
// one of the build, which the tests of this package find.
var wholeOwn = sync.OnceValue(func() *Library {
	l, err := (&Library{}).with(readEmbedded())
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

func readEmbedded() *directory {
	const dir = "playbooks"
	d := &directory{}
	library, err := fs.Sub(embedded, "library")
	if err != nil {
		d.fail(dir, "the embedded library cannot be read", err)
		return d
	}
	d.read(library, dir+"/library")
	d.readCalendar(embedded, calendarFile, dir)
	return d
}

// on is a day as the index writes it.
func on(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// versions is a range as the index writes it, which was read once already.
func versions(text string) Versions {
	v, _ := parseVersions(text)
	return v
}
