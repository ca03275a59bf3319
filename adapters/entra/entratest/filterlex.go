package entratest

import (
	"fmt"
	"strings"
)

// kind is what a token of a $filter is.
type kind uint8

const (
	end kind = iota
	word
	text
	number
	instant
	mark // one of ( ) : ,
)

// token is one token of a $filter; value is the text without its quotes.
type token struct {
	kind  kind
	value string
	at    int
}

// syntaxError is what is wrong with a $filter, in the words of Microsoft's
// OData library.
type syntaxError struct{ message string }

func (e *syntaxError) Error() string { return e.message }

func syntaxAt(at int, filter string) error {
	return &syntaxError{fmt.Sprintf("Syntax error at position %d in '%s'.", at, filter)}
}

// lex cuts a $filter into tokens, the last of which is end.
func lex(filter string) ([]token, error) {
	var tokens []token
	for i := 0; i < len(filter); {
		c := filter[i]
		switch {
		case c == ' ' || c == '\t':
			i++
		case strings.IndexByte("():,", c) >= 0:
			tokens = append(tokens, token{mark, filter[i : i+1], i})
			i++
		case c == '\'':
			value, next, closed := quoted(filter, i)
			if !closed {
				return nil, &syntaxError{fmt.Sprintf("There is an unterminated string literal at position %d in '%s'.", len(filter), filter)}
			}
			tokens = append(tokens, token{text, value, i})
			i = next
		case digit(c) || c == '-':
			j := i + 1
			for j < len(filter) && (letter(filter[j]) || digit(filter[j]) || strings.IndexByte("-:.+", filter[j]) >= 0) {
				j++
			}
			t := token{number, filter[i:j], i}
			if strings.ContainsAny(t.value[1:], "-:T") {
				t.kind = instant
			}
			tokens = append(tokens, t)
			i = j
		case letter(c):
			j := i + 1
			for j < len(filter) && (letter(filter[j]) || digit(filter[j]) || filter[j] == '/') {
				j++
			}
			tokens = append(tokens, token{word, filter[i:j], i})
			i = j
		default:
			return nil, syntaxAt(i, filter)
		}
	}
	return append(tokens, token{end, "", len(filter)}), nil
}

// quoted reads the string literal that starts at i, in which a doubled quote
// stands for one.
func quoted(filter string, i int) (value string, next int, closed bool) {
	var b strings.Builder
	for i++; i < len(filter); i++ {
		if filter[i] != '\'' {
			b.WriteByte(filter[i])
			continue
		}
		if i+1 < len(filter) && filter[i+1] == '\'' {
			b.WriteByte('\'')
			i++
			continue
		}
		return b.String(), i + 1, true
	}
	return "", i, false
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

func letter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '$'
}
