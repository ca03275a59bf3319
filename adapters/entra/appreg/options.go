package appreg

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Options says how the application is registered. The zero value registers
// "legacyauth" in the tenant of whoever runs the script, in the global cloud,
// with the required permissions only.
type Options struct {
	// Name is the display name: letters, digits, spaces and - _ . ( ) only, at
	// most 120 characters, so that it is the same in every shell.
	Name string
	// Tenant is the tenant's id or one of its domains. The script stops when it
	// is run for another tenant. Empty means whichever tenant it is run for.
	Tenant string
	// Cloud is global, usgov, usgovdod or china; empty means global.
	Cloud string
	// With names optional permissions to ask for; see Optional.
	With []string
	// Months is how long the certificate is valid, 1 to 24; 0 means 12.
	Months int
}

var (
	nameForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\pL\pN][\pL\pN \-_.()]*$`) })
	idForm   = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	})
	hostForm = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$`)
	})
)

// nameLimit is the longest display name of an application.
// https://learn.microsoft.com/graph/api/resources/application, read 2026-11-23
const nameLimit = 120

// settled gives the options with their defaults, or what is wrong with them.
// Its errors repeat no option that is not known to be plain text.
func (o Options) settled() (Options, error) {
	o.Name = cmp.Or(o.Name, "legacyauth")
	o.Tenant = strings.ToLower(o.Tenant)
	o.Cloud = cmp.Or(o.Cloud, "global")
	o.Months = cmp.Or(o.Months, 12)
	switch {
	case utf8.RuneCountInString(o.Name) > nameLimit || !nameForm().MatchString(o.Name) || strings.HasSuffix(o.Name, " "):
		return o, fmt.Errorf("the application's name may hold letters, digits, spaces and - _ . ( ) only, start with a letter or digit and have at most %d characters", nameLimit)
	case o.Tenant != "" && !idForm().MatchString(o.Tenant) && (len(o.Tenant) > 253 || !hostForm().MatchString(o.Tenant)):
		return o, fmt.Errorf("the tenant must be its id, such as 11111111-1111-1111-1111-111111111111, or a domain, such as contoso.onmicrosoft.com")
	case o.Months < 1 || o.Months > 24:
		return o, fmt.Errorf("a certificate of %d months: choose 1 to 24", o.Months)
	}
	if _, ok := clouds[o.Cloud]; !ok {
		return o, fmt.Errorf("no such cloud: choose global, usgov, usgovdod or china")
	}
	for _, name := range o.With {
		if !slices.ContainsFunc(optional, func(p Permission) bool { return p.Name == name }) {
			return o, fmt.Errorf("an optional permission that the program does not know: choose %s", strings.Join(names(optional), ", "))
		}
	}
	return o, nil
}

func names(permissions []Permission) []string {
	var list []string
	for _, p := range permissions {
		list = append(list, p.Name)
	}
	return list
}
