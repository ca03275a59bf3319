package language

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

//go:embed words/*.yaml
var files embed.FS

// English is the code of the language that is the measure of the others.
const English = "en"

// Codes lists the languages, English first.
func Codes() []string { return []string{English, "de", "es", "fr", "pt"} }

// Catalog is the languages by code.
type Catalog struct {
	byCode  map[string]*words
	matcher language.Matcher
	tags    []language.Tag
}

// Builtin gives the languages that come with the program. They are read once.
func Builtin() (*Catalog, error) { return builtin() }

var builtin = sync.OnceValues(func() (*Catalog, error) {
	sub, err := fs.Sub(files, "words")
	if err != nil {
		return nil, fmt.Errorf("load the languages: %w", err)
	}
	return Load(sub)
})

// Load reads the languages of Codes from files CODE.yaml. The error names every
// key that a language lacks, has too much, or fills otherwise than English.
func Load(fsys fs.FS) (*Catalog, error) {
	c := &Catalog{byCode: map[string]*words{}}
	for _, code := range Codes() {
		name := path.Join(".", code+".yaml")
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("load the language %s: %w", code, err)
		}
		w, err := parse(data)
		if err != nil {
			return nil, fmt.Errorf("load the language %s: %w", code, err)
		}
		if code != English {
			if problems := w.against(c.byCode[English]); len(problems) > 0 {
				return nil, fmt.Errorf("load the language %s: %s", code, strings.Join(problems, "; "))
			}
		}
		c.byCode[code] = w
		c.tags = append(c.tags, language.MustParse(code))
	}
	c.matcher = language.NewMatcher(c.tags)
	return c, nil
}

// For gives the language for a locale such as "de-CH" or "pt_BR", of several the
// first that is known; English where none is.
func (c *Catalog) For(locales ...string) *Language {
	for _, locale := range locales {
		tag, err := language.Parse(locale)
		if err != nil || tag == language.Und {
			continue
		}
		_, at, confidence := c.matcher.Match(tag)
		if confidence < language.High {
			continue
		}
		return c.language(Codes()[at], tag)
	}
	return c.language(English, language.AmericanEnglish)
}

func (c *Catalog) language(code string, tag language.Tag) *Language {
	return &Language{Code: code, tag: tag, words: c.byCode[code]}
}
