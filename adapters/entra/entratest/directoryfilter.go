package entratest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// mostValues is how many values one "in" takes.
// https://learn.microsoft.com/graph/filter-query-parameter, read 2026-11-23
const mostValues = 15

// selected keeps the objects that a filter of the directory's collections asks
// for: "clientId eq '…'" and "id in ('…','…')", joined by and, the only forms
// that they are asked in.
func selected(all []json.RawMessage, filter string) ([]json.RawMessage, *refusal) {
	if strings.TrimSpace(filter) == "" {
		return all, nil
	}
	tokens, err := lex(filter)
	if err != nil {
		return nil, badRequest(err.Error())
	}
	p := &parser{filter: filter, tokens: tokens}
	for {
		property, values, refused := p.oneOf()
		if refused != nil {
			return nil, refused
		}
		all = slices.DeleteFunc(slices.Clone(all), func(o json.RawMessage) bool { return !hasOne(o, property, values) })
		switch next := p.take(); {
		case next.kind == end:
			return all, nil
		case next.kind != word || next.value != "and":
			return nil, badRequest(syntaxAt(next.at, filter).Error())
		}
	}
}

// oneOf reads "property eq 'value'" or "property in ('value','value')".
func (p *parser) oneOf() (property string, values []string, refused *refusal) {
	name, operator := p.take(), p.take()
	bad := func(t token) (string, []string, *refusal) {
		return "", nil, badRequest(syntaxAt(t.at, p.filter).Error())
	}
	switch {
	case name.kind != word:
		return bad(name)
	case operator.kind == word && operator.value == "eq":
		value := p.take()
		if value.kind != text {
			return bad(value)
		}
		return name.value, []string{value.value}, nil
	case operator.kind != word || operator.value != "in":
		return bad(operator)
	}
	between := p.take()
	if between.kind != mark || between.value != "(" {
		return bad(between)
	}
	for between.value != ")" {
		value := p.take()
		if value.kind != text {
			return bad(value)
		}
		values = append(values, value.value)
		if between = p.take(); between.kind != mark || between.value != "," && between.value != ")" {
			return bad(between)
		}
	}
	if len(values) > mostValues {
		return "", nil, &refusal{
			status: http.StatusBadRequest, code: "Request_UnsupportedQuery",
			message: fmt.Sprintf("Too many child clauses specified in search filter expression containing 'OR' operators: %d. Max allowed: %d.", len(values), mostValues),
		}
	}
	return name.value, values, nil
}

// hasOne says whether a property of an object has one of the values. Ids have no
// case.
func hasOne(o json.RawMessage, name string, values []string) bool {
	have := property(o, name)
	return slices.ContainsFunc(values, func(v string) bool {
		return v == have || name == "id" && strings.EqualFold(v, have)
	})
}
