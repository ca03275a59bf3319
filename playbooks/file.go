package playbooks

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"legacyauth/playbooks/card"
)

// File gives the content of one of the playbook's files, ready to use: the
// account stands in it, escaped for the file's format, and a registry file has
// the line ends of Windows. Without a client, or if the account's name could do
// something in a script, user@contoso.com stands there.
func (p *Playbook) File(name string, f Facts) ([]byte, error) {
	for _, file := range p.Files {
		if file.Name == name {
			return file.fill(p.content().files[name], p.words(f)), nil
		}
	}
	names := make([]string, len(p.Files))
	for i, file := range p.Files {
		names[i] = file.Name
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("playbook %s has no files", p.ID)
	}
	return nil, fmt.Errorf("playbook %s has no file %q; it has %s", p.ID, name, strings.Join(names, ", "))
}

// fill puts the account into what the file says.
func (f File) fill(data []byte, w words) []byte {
	switch formatOf(f.Name) {
	case "reg":
		return bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
	case "xml":
		user := w.user()
		if user == "" {
			user = placeholderUser
		}
		var escaped bytes.Buffer
		// Writing to a buffer does not fail.
		_ = xml.EscapeText(&escaped, []byte(card.Clean(user)))
		return bytes.ReplaceAll(data, []byte(userMark), escaped.Bytes())
	default:
		return bytes.ReplaceAll(data, []byte(userMark), []byte(w.typed()))
	}
}

// formatOf gives "reg", "xml", "json" or "script" for the files a playbook can hand
// out, and nothing for any other.
func formatOf(name string) string {
	switch path.Ext(name) {
	case ".reg":
		return "reg"
	case ".xml", ".mobileconfig":
		return "xml"
	case ".json":
		return "json"
	case ".ps1", ".txt":
		return "script"
	}
	return ""
}

// attach reads a file that p names and reports what is wrong with it.
func (r *report) attach(fsys fs.FS, p *Playbook, name string) {
	line := p.lines[ref{"files", name}]
	format := formatOf(name)
	if format == "" {
		r.add(line, "use .reg, .xml, .mobileconfig, .json, .ps1 or .txt", "%s is of a kind that cannot be filled safely", name)
		return
	}
	data, err := readFile(fsys, path.Join(filesDir, name))
	if err != nil {
		r.add(line, "add it under "+filesDir+"/", "file %s cannot be read: %v", name, err)
		return
	}
	in := &report{file: path.Join(path.Dir(r.file), filesDir, name)}
	data, _ = in.clean(data)
	p.content().files[name] = data
	in.code(1, string(data))
	switch format {
	case "reg":
		in.registry(string(data))
	case "xml":
		in.xml(data)
	case "json":
		in.json(data)
	}
	r.problems = append(r.problems, in.problems...)
}

func (r *report) registry(text string) {
	const first = "Windows Registry Editor Version 5.00"
	if head, _, _ := strings.Cut(text, "\n"); head != first {
		r.add(1, "begin it with "+first, "it is not a registry file")
	}
	if i := strings.Index(text, userMark); i >= 0 {
		r.add(1+strings.Count(text[:i], "\n"), "leave it out", "a placeholder cannot stand in a registry file")
	}
}

func (r *report) json(data []byte) {
	err := json.Unmarshal(data, new(any))
	if syntax := new(json.SyntaxError); errors.As(err, &syntax) {
		r.add(1+bytes.Count(data[:syntax.Offset], []byte("\n")), "correct the JSON", "%v", err)
	}
}

func (r *report) xml(data []byte) {
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			line, _ := d.InputPos()
			r.add(line, "correct the XML", "%v", err)
			return
		}
	}
}
