package explain

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
)

//go:embed data/*.yaml
var data embed.FS

// dataFiles are the files in the order in which their entries are tried: the
// narrowest first.
var dataFiles = [...]string{
	"data/signin-codes.yaml", "data/ews.yaml", "data/smtp.yaml", "data/imap-pop.yaml",
	"data/client-apps.yaml", "data/agents.yaml",
}

// library is every entry, by what it is found by.
type library struct {
	entries  []*entry // all, in order
	signIns  []*entry
	replies  []*entry
	agents   map[useragent.Family][]*entry
	protocol map[detect.Protocol]*entry
	dates    map[string]string // words for the calendar's entries
	// playbooks chooses between the entries of one family.
	playbooks *playbooks.Library
}

var tables = sync.OnceValues(func() (*library, error) {
	builtin, err := playbooks.Builtin()
	if err != nil {
		return nil, err
	}
	l := &library{
		agents: map[useragent.Family][]*entry{}, protocol: map[detect.Protocol]*entry{},
		dates: dates(builtin), playbooks: builtin,
	}
	for _, name := range dataFiles {
		text, err := data.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read embedded table: %w", err)
		}
		if err := l.add(name, text); err != nil {
			return nil, err
		}
	}
	return l, nil
})

// Playbooks lists the ids of all playbooks that answers name, sorted. It fails
// when the embedded tables are broken, so a program can call it once at start.
func Playbooks() ([]string, error) {
	l, err := tables()
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, e := range l.entries {
		if e.Playbook != "" {
			ids = append(ids, e.Playbook)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// file is the form of a file under data/.
type file struct {
	Kind    Kind       `yaml:"kind"`
	Sources []ast.Node `yaml:"sources"`
	Entries []ast.Node `yaml:"entries"`
}

// source is a Source with the id by which entries name it.
type source struct {
	ID      string `yaml:"id"`
	Title   string `yaml:"title"`
	URL     string `yaml:"url"`
	Checked string `yaml:"checked"`
}

// add decodes one file into l. Its errors name the file and the line.
func (l *library) add(name string, text []byte) error {
	base := path.Base(name)
	var f file
	if err := decode(text, &f); err != nil {
		return fmt.Errorf("%s: %w", base, err)
	}
	sources, used := map[string]Source{}, map[string]bool{}
	for _, node := range f.Sources {
		var s source
		err := yaml.NodeToValue(node, &s, yaml.Strict())
		known := Source{Title: s.Title, URL: s.URL, Checked: s.Checked}
		if err == nil {
			err = known.check()
		}
		if _, twice := sources[s.ID]; err == nil && (twice || !isID(s.ID)) {
			err = fmt.Errorf("source id %q: empty or used twice", s.ID)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", base, line(node), err)
		}
		sources[s.ID] = known
	}
	for _, node := range f.Entries {
		e := &entry{kind: f.Kind}
		err := yaml.NodeToValue(node, e, yaml.Strict())
		if err == nil {
			err = e.dated(l.dates)
		}
		if err == nil {
			err = e.check()
		}
		for _, id := range e.Sources {
			s, ok := sources[id]
			if err == nil && !ok {
				err = fmt.Errorf("%s: source %q is not in the list of sources", e.ID, id)
			}
			e.sources, used[id] = append(e.sources, s), true
		}
		if err == nil {
			err = l.put(e)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", base, line(node), err)
		}
	}
	for id := range sources {
		if !used[id] {
			return fmt.Errorf("%s: source %q is not used", base, id)
		}
	}
	return nil
}

// put puts e where it is found.
func (l *library) put(e *entry) error {
	if slices.ContainsFunc(l.entries, func(other *entry) bool { return other.ID == e.ID }) {
		return fmt.Errorf("id %q is used twice", e.ID)
	}
	l.entries = append(l.entries, e)
	switch e.kind {
	case SignInCode:
		l.signIns = append(l.signIns, e)
	case Agent:
		for _, f := range e.Families {
			if err := fitsBeside(e, l.agents[f]); err != nil {
				return fmt.Errorf("%s: %w", e.ID, err)
			}
			l.agents[f] = append(l.agents[f], e)
		}
	case ClientApp:
		if l.protocol[e.Protocol] != nil {
			return fmt.Errorf("protocol %q has two entries", e.Protocol)
		}
		l.protocol[e.Protocol] = e
	default:
		l.replies = append(l.replies, e)
	}
	return nil
}

func decode(text []byte, f *file) error {
	tree, err := parser.ParseBytes(text, 0)
	if err != nil {
		return err
	}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil {
		return fmt.Errorf("want one document, have %d", len(tree.Docs))
	}
	return yaml.NodeToValue(tree.Docs[0].Body, f, yaml.Strict())
}

func line(node ast.Node) int {
	// A mapping's own token is its first colon, which stands on the line of the
	// entry's first key.
	if t := node.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}
