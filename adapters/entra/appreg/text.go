package appreg

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"text/template"
)

// Form is how the registration is written.
type Form string

// The forms.
const (
	PS1      Form = "ps1"      // for PowerShell 7 with Microsoft.Graph.Authentication
	Az       Form = "az"       // for bash with the Azure CLI and openssl
	Manifest Form = "manifest" // JSON for the portal's manifest editor or a POST to /applications
)

// Forms lists the forms.
func Forms() []Form { return []Form{PS1, Az, Manifest} }

//go:embed texts
var texts embed.FS

// page is what a template sees. Everything in it is validated or a constant.
type page struct {
	Options
	Graph, GraphAppID string
	Mg, Az            string
	Ask               []Permission // what the application gets
	Left              []Permission // optional ones that were not chosen
	Tag               string       // marks the application as this program's
	Label             string       // what the configuration calls the tenant
	Days              int
}

// tag marks the application that a script made, so that it never changes one
// that only has the same name.
const tag = "legacyauth"

// Text gives the registration in the given form, or an error that says which
// option is wrong. A manifest cannot hold a certificate that does not exist yet;
// Next says what to do with it.
func Text(form Form, o Options) (string, error) {
	switch form {
	case PS1:
		return fill("texts/app.ps1.tmpl", o)
	case Az:
		return fill("texts/app.sh.tmpl", o)
	case Manifest:
		return manifest(o)
	}
	return "", fmt.Errorf("no such form: choose %s, %s or %s", PS1, Az, Manifest)
}

// Next says in plain text what to do with what Text gave: where to run it, and
// for a manifest the certificate, the consent, the configuration and the way
// back. It is not part of the script and belongs on the error stream.
func Next(form Form, o Options) (string, error) {
	switch form {
	case PS1, Az, Manifest:
		return fill("texts/next-"+string(form)+".tmpl", o)
	}
	return "", fmt.Errorf("no such form: choose %s, %s or %s", PS1, Az, Manifest)
}

func fill(name string, o Options) (string, error) {
	p, err := newPage(o)
	if err != nil {
		return "", err
	}
	source, err := texts.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("read the text of the registration: %w", err)
	}
	t, err := template.New(name).Funcs(template.FuncMap{"ps": psQuoted, "sh": shQuoted}).Option("missingkey=error").Parse(string(source))
	if err != nil {
		return "", fmt.Errorf("read the text of the registration: %w", err)
	}
	var b strings.Builder
	if err := t.Execute(&b, p); err != nil {
		return "", fmt.Errorf("write the registration: %w", err)
	}
	return b.String(), nil
}

func newPage(o Options) (page, error) {
	o, err := o.settled()
	if err != nil {
		return page{}, err
	}
	c := clouds[o.Cloud]
	p := page{
		Options: o, Graph: c.graph, GraphAppID: GraphAppID, Mg: c.mg, Az: c.az,
		Ask: Required(), Tag: tag, Label: label(o.Tenant), Days: o.Months * 365 / 12,
	}
	for _, x := range optional {
		if slices.Contains(o.With, x.Name) {
			p.Ask = append(p.Ask, x)
		} else {
			p.Left = append(p.Left, x)
		}
	}
	return p, nil
}

// label gives the first part of the tenant's domain, or "main".
func label(tenant string) string {
	first, _, found := strings.Cut(tenant, ".")
	if !found {
		return "main"
	}
	return strings.ToLower(first)
}

// psQuoted is s as a PowerShell string without expansion. PowerShell takes the
// curly quotation marks for straight ones, so they are doubled as well.
func psQuoted(s string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for _, r := range s {
		switch r {
		case '\'', '\u2018', '\u2019', '\u201a', '\u201b':
			b.WriteRune(r)
		}
		b.WriteRune(r)
	}
	b.WriteByte('\'')
	return b.String()
}

// shQuoted is s as one word of a POSIX shell.
func shQuoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
