package rawjson

// MaxDepth is how deep nesting is followed. Real sign-ins nest six levels.
const MaxDepth = 64

// Space passes white space, of which there may be none.
func Space(b []byte, i int) int {
	for i < len(b) && b[i] <= ' ' && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// Skip passes the value at i, which lies depth levels deep.
func Skip(b []byte, i, depth int) int {
	if i >= len(b) {
		return -1
	}
	switch c := b[i]; c {
	case '"':
		return Text(b, i+1)
	case '{':
		return inside(b, i+1, depth+1, '}')
	case '[':
		return inside(b, i+1, depth+1, ']')
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

// inside passes what follows the opening bracket of an object or array, which is
// at i-1.
func inside(b []byte, i, depth int, closing byte) int {
	if depth > MaxDepth {
		return -1
	}
	i = Space(b, i)
	if i < len(b) && b[i] == closing {
		return i + 1
	}
	for {
		if closing == '}' {
			if i >= len(b) || b[i] != '"' {
				return -1
			}
			if i = Text(b, i+1); i < 0 {
				return -1
			}
			if i = Space(b, i); i >= len(b) || b[i] != ':' {
				return -1
			}
			i = Space(b, i+1)
		}
		if i = Skip(b, i, depth); i < 0 {
			return -1
		}
		// Next is not called: this is where the time goes.
		if i = Space(b, i); i >= len(b) {
			return -1
		}
		switch b[i] {
		case ',':
			i = Space(b, i+1)
		case closing:
			return i + 1
		default:
			return -1
		}
	}
}

// Colon passes the colon after a key that ends at i, and the space around it.
func Colon(b []byte, i int) int {
	if i = Space(b, i); i >= len(b) || b[i] != ':' {
		return -1
	}
	return Space(b, i+1)
}

// Next passes what follows an element or a member that ends at i: a comma and
// the space after it, or the closing bracket. More says that it was a comma.
func Next(b []byte, i int, closing byte) (next int, more bool) {
	if i = Space(b, i); i >= len(b) {
		return -1, false
	}
	switch b[i] {
	case ',':
		return Space(b, i+1), true
	case closing:
		return i + 1, false
	}
	return -1, false
}
