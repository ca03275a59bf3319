package language

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

// words are the texts of one language by key.
type words struct{ texts map[string]text }

// text is what stands under a key. one is empty where no number decides.
type text struct{ one, other string }

// parse reads a file of words.
func parse(data []byte) (*words, error) {
	var raw map[string]any
	if err := yaml.UnmarshalWithOptions(data, &raw, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("it is not one mapping of keys to texts: %w", err)
	}
	w := &words{texts: make(map[string]text, len(raw))}
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		t, err := textOf(raw[key])
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", key, err))
		}
		w.texts[key] = t
	}
	return w, errors.Join(errs...)
}

func textOf(value any) (text, error) {
	switch v := value.(type) {
	case string:
		return text{other: v}, filled(v)
	case map[string]any:
		one, isOne := v["one"].(string)
		other, isOther := v["other"].(string)
		if len(v) != 2 || !isOne || !isOther {
			return text{}, errors.New("a number needs the two texts one and other, and nothing else")
		}
		return text{one, other}, errors.Join(filled(one), filled(other))
	}
	return text{}, errors.New("it is no text: put it in quotes")
}

var place = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{[a-z]+\}`) })

// filled says what is wrong with a text.
func filled(s string) error {
	if strings.TrimSpace(s) == "" {
		return errors.New("the text is empty")
	}
	if strings.ContainsAny(place().ReplaceAllString(s, ""), "{}") {
		return errors.New("a brace stands alone: write {name} in small letters")
	}
	return nil
}

// places gives the places of a text, sorted, each once.
func (t text) places() []string {
	all := place().FindAllString(t.other, -1)
	slices.Sort(all)
	return slices.Compact(all)
}

// against says how a language departs from another.
func (w *words) against(measure *words) []string {
	var problems []string
	for _, key := range slices.Sorted(maps.Keys(measure.texts)) {
		want := measure.texts[key]
		have, ok := w.texts[key]
		switch {
		case !ok:
			problems = append(problems, key+" is missing")
		case !slices.Equal(have.places(), want.places()):
			problems = append(problems, fmt.Sprintf("%s has the places %v, and English has %v", key, have.places(), want.places()))
		case (have.one == "") != (want.one == ""):
			problems = append(problems, key+" depends on a number in one of the two languages only")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(w.texts)) {
		if _, ok := measure.texts[key]; !ok {
			problems = append(problems, key+" is not known in English")
		}
	}
	return problems
}

// Keys lists the keys of the texts, sorted.
func (c *Catalog) Keys() []string { return slices.Sorted(maps.Keys(c.byCode[English].texts)) }
