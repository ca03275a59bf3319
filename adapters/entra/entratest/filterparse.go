package entratest

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxFilterDepth bounds the nesting of a $filter, which would otherwise be
// bounded by the stack. Microsoft does not say what its own bound is.
const maxFilterDepth = 100

// parseFilter reads a $filter of the forms that the sign-in log understands,
// as documented for beta at
// https://learn.microsoft.com/graph/api/resources/signin (as of 2026-10):
// and, or, parentheses, comparisons of createdDateTime, eq and startsWith on a
// few properties, and any() over signInEventTypes. The error is a *syntaxError
// or says which property or operator is not supported. An empty filter is nil.
func parseFilter(filter, version string) (condition, error) {
	if strings.TrimSpace(filter) == "" {
		return nil, nil
	}
	tokens, err := lex(filter)
	if err != nil {
		return nil, err
	}
	p := &parser{filter: filter, tokens: tokens, version: version}
	c, err := p.either(0)
	if err != nil {
		return nil, err
	}
	if p.peek().kind != end {
		return nil, syntaxAt(p.peek().at, filter)
	}
	return c, nil
}

type parser struct {
	filter, version string
	tokens          []token
	next            int
	variable        string // of the lambda being read
}

func (p *parser) peek() token { return p.tokens[p.next] }

func (p *parser) take() token {
	t := p.tokens[p.next]
	if t.kind != end {
		p.next++
	}
	return t
}

func (p *parser) takeMark(m string) error {
	if t := p.take(); t.kind != mark || t.value != m {
		return syntaxAt(t.at, p.filter)
	}
	return nil
}

// either reads conditions joined by or.
func (p *parser) either(depth int) (condition, error) {
	return p.joined("or", depth, func() (condition, error) { return p.both(depth) })
}

// both reads conditions joined by and, which binds tighter than or.
func (p *parser) both(depth int) (condition, error) {
	return p.joined("and", depth, func() (condition, error) { return p.term(depth + 1) })
}

func (p *parser) joined(operator string, depth int, operand func() (condition, error)) (condition, error) {
	if depth > maxFilterDepth {
		return nil, &syntaxError{"The node count limit of '100' has been exceeded."}
	}
	first, err := operand()
	if err != nil {
		return nil, err
	}
	all := []condition{first}
	for p.peek().kind == word && p.peek().value == operator {
		p.take()
		c, err := operand()
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	switch {
	case len(all) == 1:
		return first, nil
	case operator == "or":
		return anyOf(all), nil
	default:
		return allOf(all), nil
	}
}

// term reads a parenthesis, a function call or a comparison.
func (p *parser) term(depth int) (condition, error) {
	t := p.take()
	switch {
	case t.kind == mark && t.value == "(":
		c, err := p.either(depth)
		if err != nil {
			return nil, err
		}
		return c, p.takeMark(")")
	case t.kind != word:
		return nil, syntaxAt(t.at, p.filter)
	case t.value == "not":
		return nil, unsupported("the operator 'not'")
	case strings.EqualFold(t.value, "startswith"):
		return p.startsWith()
	case strings.HasSuffix(t.value, "/any") && p.variable == "":
		return p.lambda(strings.TrimSuffix(t.value, "/any"), depth)
	case p.peek().kind == mark && p.peek().value == "(":
		return nil, unsupported("the function '" + t.value + "'")
	default:
		return p.comparison(t.value)
	}
}

func (p *parser) startsWith() (condition, error) {
	if err := p.takeMark("("); err != nil {
		return nil, err
	}
	property := p.take()
	if err := p.takeMark(","); err != nil {
		return nil, err
	}
	prefix := p.take()
	if property.kind != word || prefix.kind != text {
		return nil, syntaxAt(prefix.at, p.filter)
	}
	if err := p.takeMark(")"); err != nil {
		return nil, err
	}
	switch property.value {
	case "userPrincipalName", "ipAddress":
		return prefixed{property.value, prefix.value}, nil
	default:
		return nil, p.cannot("startsWith", property.value)
	}
}

// lambda reads signInEventTypes/any(t: …), whose conditions see one member.
func (p *parser) lambda(collection string, depth int) (condition, error) {
	if collection != "signInEventTypes" || p.version == "v1.0" {
		return nil, p.unknown(collection)
	}
	if err := p.takeMark("("); err != nil {
		return nil, err
	}
	variable := p.take()
	if variable.kind != word {
		return nil, syntaxAt(variable.at, p.filter)
	}
	if err := p.takeMark(":"); err != nil {
		return nil, err
	}
	p.variable = variable.value
	c, err := p.either(depth)
	p.variable = ""
	if err != nil {
		return nil, err
	}
	return anyEvent{c}, p.takeMark(")")
}

func (p *parser) comparison(property string) (condition, error) {
	operator, value := p.take(), p.take()
	if operator.kind != word {
		return nil, syntaxAt(operator.at, p.filter)
	}
	switch operator.value {
	case "eq", "ne", "ge", "gt", "le", "lt":
	default:
		return nil, syntaxAt(operator.at, p.filter)
	}
	if p.variable != "" {
		return p.member(property, operator.value, value)
	}
	switch property {
	case "createdDateTime":
		return p.created(operator.value, value)
	case "status/errorCode":
		code, err := strconv.Atoi(value.value)
		if value.kind != number || err != nil {
			return nil, mismatch("Edm.Int32", value, operator.value)
		}
		if operator.value != "eq" {
			return nil, p.cannot(operator.value, property)
		}
		return errorCode(code), nil
	case "id", "userId", "userPrincipalName", "appId", "ipAddress", "clientAppUsed":
		if value.kind != text {
			return nil, mismatch("Edm.String", value, operator.value)
		}
		if operator.value != "eq" {
			return nil, p.cannot(operator.value, property)
		}
		return equal{property, value.value}, nil
	default:
		return nil, p.unknown(property)
	}
}

func (p *parser) member(name, operator string, value token) (condition, error) {
	if name != p.variable {
		return nil, p.unknown(name)
	}
	if value.kind != text {
		return nil, mismatch("Edm.String", value, operator)
	}
	if operator != "eq" && operator != "ne" {
		return nil, p.cannot(operator, "signInEventTypes")
	}
	return event{value.value, operator == "ne"}, nil
}

func (p *parser) created(operator string, value token) (condition, error) {
	if value.kind != instant {
		return nil, mismatch("Edm.DateTimeOffset", value, operator)
	}
	t, err := time.Parse(time.RFC3339, value.value)
	if err != nil {
		return nil, &syntaxError{fmt.Sprintf("Unrecognized 'Edm.DateTimeOffset' literal '%s' at '%d' in '%s'.", value.value, value.at, p.filter)}
	}
	if operator == "ne" {
		return nil, p.cannot(operator, "createdDateTime")
	}
	return created{operator, t}, nil
}

func (p *parser) unknown(property string) error {
	return &syntaxError{fmt.Sprintf("Could not find a property named '%s' on type 'microsoft.graph.signIn'.", property)}
}

func (p *parser) cannot(operator, property string) error {
	return unsupported(fmt.Sprintf("the operator '%s' on the property '%s'", operator, property))
}

func unsupported(what string) error {
	return &syntaxError{"Invalid filter clause: " + what + " is not supported."}
}

func mismatch(want string, got token, operator string) error {
	have := map[kind]string{text: "Edm.String", number: "Edm.Int32", instant: "Edm.DateTimeOffset"}[got.kind]
	return &syntaxError{fmt.Sprintf("A binary operator with incompatible types was detected. Found operand types '%s' and '%s' for operator kind '%s'.", want, have, operator)}
}
