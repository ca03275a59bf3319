package entratest

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxPage is the largest and the usual page of the sign-in log:
// https://learn.microsoft.com/graph/api/signin-list (as of 2026-10).
const maxPage = 1000

// options are the OData query options of a request.
type options struct {
	given     []option // in the order they came
	filter    string
	top       int // 0: not given
	selected  []string
	orderBy   string
	skipToken string
	paged     bool // a skip token was given, if only an empty one
}

type option struct{ name, value string }

// parseOptions reads a query string. The refusal says which option the
// services do not take.
func parseOptions(u *url.URL) (options, *refusal) {
	var o options
	seen := make(map[string]bool)
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		if part == "" {
			continue
		}
		rawName, rawValue, _ := strings.Cut(part, "=")
		name, err := url.QueryUnescape(rawName)
		if err != nil {
			return o, badRequest("The query string is not valid.")
		}
		value, err := url.QueryUnescape(rawValue)
		if err != nil {
			return o, badRequest("The query string is not valid.")
		}
		if seen[name] {
			return o, badRequest(fmt.Sprintf("Query option '%s' was specified more than once, but it must be specified at most once.", name))
		}
		seen[name] = true
		o.given = append(o.given, option{name, value})
		if r := o.take(name, value); r != nil {
			return o, r
		}
	}
	return o, nil
}

func (o *options) take(name, value string) *refusal {
	switch name {
	case "$filter":
		o.filter = value
	case "$top":
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 {
			return badRequest(fmt.Sprintf("Invalid value '%s' for $top query option found. The $top query option requires a non-negative integer value.", value))
		}
		if n == 0 || n > maxPage {
			return badRequest(fmt.Sprintf("Invalid page size specified: '%d'. Must be between 1 and %d inclusive.", n, maxPage))
		}
		o.top = n
	case "$select":
		for name := range strings.SplitSeq(value, ",") {
			o.selected = append(o.selected, strings.TrimSpace(name))
		}
	case "$orderby":
		o.orderBy = strings.Join(strings.Fields(value), " ")
		if !slices.Contains([]string{"createdDateTime", "createdDateTime asc", "createdDateTime desc"}, o.orderBy) {
			return badRequest(fmt.Sprintf("The query order by '%s' is not supported.", value))
		}
	case "$skiptoken":
		o.skipToken, o.paged = value, true
	default:
		return badRequest(fmt.Sprintf("The query parameter '%s' is not supported.", name))
	}
	return nil
}
