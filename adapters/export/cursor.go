package export

import "bytes"

// The cursor checks JSON grammar while it passes over bytes, without copying.
// Each function takes the index of the first byte of a thing and gives the
// index after it, or -1 when the bytes are not JSON or nest deeper than
// maxDepth. It looks into strings only for their end.

// maxDepth is how deep the fast path follows nesting; deeper rows take the
// exact one.
const maxDepth = 64

func space(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// text passes a string whose opening quote is at i-1.
func text(b []byte, i int) int {
	from := i
	for {
		n := bytes.IndexByte(b[i:], '"')
		if n < 0 {
			return -1
		}
		i += n
		escapes := 0
		for i-1-escapes >= from && b[i-1-escapes] == '\\' {
			escapes++
		}
		i++
		if escapes&1 == 0 {
			return i
		}
	}
}

func skip(b []byte, i, depth int) int {
	if i >= len(b) {
		return -1
	}
	switch c := b[i]; c {
	case '"':
		return text(b, i+1)
	case '{':
		return skipObject(b, i+1, depth+1)
	case '[':
		return skipArray(b, i+1, depth+1)
	case 't':
		return word(b, i, "true")
	case 'f':
		return word(b, i, "false")
	case 'n':
		return word(b, i, "null")
	default:
		return number(b, i)
	}
}

func skipObject(b []byte, i, depth int) int {
	if depth > maxDepth {
		return -1
	}
	i = space(b, i)
	if i < len(b) && b[i] == '}' {
		return i + 1
	}
	for {
		if i >= len(b) || b[i] != '"' {
			return -1
		}
		if i = text(b, i+1); i < 0 {
			return -1
		}
		i = space(b, i)
		if i >= len(b) || b[i] != ':' {
			return -1
		}
		if i = skip(b, space(b, i+1), depth); i < 0 {
			return -1
		}
		i = space(b, i)
		if i >= len(b) {
			return -1
		}
		switch b[i] {
		case ',':
			i = space(b, i+1)
		case '}':
			return i + 1
		default:
			return -1
		}
	}
}

func skipArray(b []byte, i, depth int) int {
	if depth > maxDepth {
		return -1
	}
	i = space(b, i)
	if i < len(b) && b[i] == ']' {
		return i + 1
	}
	for {
		if i = skip(b, i, depth); i < 0 {
			return -1
		}
		i = space(b, i)
		if i >= len(b) {
			return -1
		}
		switch b[i] {
		case ',':
			i = space(b, i+1)
		case ']':
			return i + 1
		default:
			return -1
		}
	}
}

func word(b []byte, i int, w string) int {
	if len(b)-i < len(w) || string(b[i:i+len(w)]) != w {
		return -1
	}
	return i + len(w)
}

func digits(b []byte, i int) int {
	for i < len(b) && '0' <= b[i] && b[i] <= '9' {
		i++
	}
	return i
}

func number(b []byte, i int) int {
	if b[i] == '-' {
		i++
	}
	from := i
	if i = digits(b, i); i == from || b[from] == '0' && i > from+1 {
		return -1
	}
	if i < len(b) && b[i] == '.' {
		from = i + 1
		if i = digits(b, from); i == from {
			return -1
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		i++
		if i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		from = i
		if i = digits(b, i); i == from {
			return -1
		}
	}
	return i
}

// take passes the value at i and gives what it is.
func take(b []byte, i, depth int) (value, int) {
	end := skip(b, i, depth)
	if end < 0 {
		return value{}, -1
	}
	switch b[i] {
	case '"':
		return value{vString, b[i+1 : end-1]}, end
	case '{':
		return value{vObject, b[i:end]}, end
	case '[':
		return value{vArray, b[i:end]}, end
	case 't':
		return value{vTrue, b[i:end]}, end
	case 'f':
		return value{vFalse, b[i:end]}, end
	case 'n':
		return value{vNull, nil}, end
	}
	return value{vNumber, b[i:end]}, end
}
