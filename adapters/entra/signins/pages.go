package signins

import (
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// errBroken is an answer that stops being JSON, or that ends with an error in
// place of its rest, as Graph does when it fails after the first bytes.
var errBroken = errors.New("the answer breaks off")

// errNotAList is an answer that is whole and something else.
var errNotAList = errors.New("the answer is not a list of sign-ins; a proxy may have answered in place of Microsoft Graph: legacyauth doctor tells")

// errTooLong is an answer with something in it that no sign-in can be.
var errTooLong = fmt.Errorf("the answer holds a row longer than %d MiB; if that stays, please report it", longestRow>>20)

// longestRow bounds what is held in memory: a sign-in is a few thousand bytes,
// and tens of thousands with many policies.
const longestRow = 4 << 20

// readPage decodes the rows of a page while they arrive and gives the address
// of the next page, empty on the last. A row is valid during the call of row
// only. An error says that the page is not whole, whatever rows it gave.
func readPage(body io.Reader, row func([]byte) error) (next string, err error) {
	from := &meter{r: body}
	p := page{from, jsontext.NewDecoder(from, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))}
	if p.PeekKind() != '{' {
		if err := p.broken(p.SkipValue()); err != nil && (!errors.Is(err, errBroken) || errors.Is(err, io.ErrUnexpectedEOF)) {
			return "", err
		}
		return "", errNotAList
	}
	if _, err := p.ReadToken(); err != nil {
		return "", p.broken(err)
	}
	list := false
	for p.PeekKind() != '}' {
		name, err := p.ReadToken()
		if err != nil {
			return "", p.broken(err)
		}
		switch name.String() {
		case "value":
			list = true
			err = p.rows(row)
		case "@odata.nextLink":
			next, err = p.address()
		case "error":
			err = errBroken
		default:
			err = p.broken(p.SkipValue())
		}
		if err != nil {
			return "", err
		}
	}
	if _, err := p.ReadToken(); err != nil {
		return "", p.broken(err)
	}
	if !list {
		return "", errNotAList
	}
	return next, nil
}

// page is an answer being decoded.
type page struct {
	from *meter
	*jsontext.Decoder
}

func (p page) rows(row func([]byte) error) error {
	if p.PeekKind() != '[' {
		return errNotAList
	}
	if _, err := p.ReadToken(); err != nil {
		return p.broken(err)
	}
	for p.PeekKind() != ']' {
		raw, err := p.ReadValue()
		if err != nil {
			return p.broken(err)
		}
		if err := row(raw); err != nil {
			return err
		}
		p.from.read = 0
	}
	_, err := p.ReadToken()
	return p.broken(err)
}

func (p page) address() (string, error) {
	token, err := p.ReadToken()
	if err != nil {
		return "", p.broken(err)
	}
	switch token.Kind() {
	case '"':
		return token.String(), nil
	case 'n':
		return "", nil
	}
	return "", errNotAList
}

// broken tells an answer that is not JSON from an error of the connection. The
// library's own message is left out: it quotes the answer.
func (p page) broken(err error) error {
	var syntactic *jsontext.SyntacticError
	switch {
	case err == nil:
		return nil
	case p.from.failed != nil:
		return fmt.Errorf("read the answer: %w", p.from.failed)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Errorf("%w: %w", errBroken, io.ErrUnexpectedEOF)
	case errors.As(err, &syntactic):
		return fmt.Errorf("%w after %d bytes", errBroken, syntactic.ByteOffset)
	}
	return fmt.Errorf("read the answer: %w", err)
}

// meter keeps an error of the connection, which the decoder may take for one of
// grammar, and stops a row without end.
type meter struct {
	r      io.Reader
	read   int // since the last whole row
	failed error
}

func (m *meter) Read(p []byte) (int, error) {
	if m.read > longestRow {
		m.failed = errTooLong
		return 0, m.failed
	}
	n, err := m.r.Read(p)
	m.read += n
	if err != nil && !errors.Is(err, io.EOF) {
		m.failed = err
	}
	return n, err
}
