package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// exchangeFormat is the first field of the file; a script that writes other
// fields names another number.
const exchangeFormat = "legacyauth-exchange/1"

// ExchangeLimit is the size up to which ReadExchange reads a file: 100,000
// mailboxes take about 40 MB.
const ExchangeLimit = 512 << 20

// FileError says what is wrong with the file of Exchange settings, and where.
type FileError struct {
	// Line and Column count from 1, Column in bytes; both are 0 when the file as
	// a whole is wrong.
	Line, Column int
	// At is the place as a JSON pointer, such as /mailboxes/3/EwsEnabled.
	At   string
	What string
}

// Error gives the place, what is wrong and what to do, without the file's text.
func (e *FileError) Error() string {
	where := ""
	if e.Line > 0 {
		where = fmt.Sprintf(" at line %d, column %d", e.Line, e.Column)
	}
	if e.At != "" {
		where += " (" + e.At + ")"
	}
	return fmt.Sprintf("Exchange settings%s: %s; run the script again and give the file it writes", where, e.What)
}

// exchangeSheet is the file as the script writes it.
type exchangeSheet struct {
	Format       string                  `json:"format"`
	Collected    time.Time               `json:"collected"`
	Organization *Organization           `json:"organization"`
	AllowedApps  *[]string               `json:"ewsAllowedAppIDs"`
	Transport    *Transport              `json:"transport"`
	Policies     *[]AuthenticationPolicy `json:"authenticationPolicies"`
	Assigned     *[]Assignment           `json:"usersWithPolicy"`
	Mailboxes    *[]Mailbox              `json:"mailboxes"`
	Failed       map[string]string       `json:"failed"`
}

// ReadExchange reads the file that the script of ExchangeScript writes, in
// UTF-8, or in UTF-16 with a byte order mark. It is strict: a field it does not
// know, a value of another kind and a part that is neither there nor named as
// failed are each a *FileError. A part that the script could not read becomes an
// unknown fact.
func ReadExchange(r io.Reader) (Exchange, error) {
	decoded := transform.NewReader(r, unicode.BOMOverride(transform.Nop))
	data, err := io.ReadAll(io.LimitReader(decoded, ExchangeLimit+1))
	if err != nil {
		return Exchange{}, fmt.Errorf("read the Exchange settings: %w", err)
	}
	if len(data) > ExchangeLimit {
		return Exchange{}, &FileError{What: fmt.Sprintf("the file is larger than %d MiB", ExchangeLimit>>20)}
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return Exchange{}, &FileError{What: "the file is empty"}
	}
	var s exchangeSheet
	if err := json.Unmarshal(data, &s, json.RejectUnknownMembers(true)); err != nil {
		return Exchange{}, located(data, err)
	}
	if s.Format != exchangeFormat {
		return Exchange{}, &FileError{At: "/format", What: "this is not a file of this script, or of another version of it"}
	}
	if s.Collected.IsZero() {
		return Exchange{}, &FileError{At: "/collected", What: "it does not say when it was written"}
	}
	return s.facts()
}

func (s *exchangeSheet) facts() (Exchange, error) {
	x := Exchange{Collected: s.Collected}
	var missing []string
	for name, there := range map[string]bool{
		"organization":           part(&x.Organization, s, "organization", s.Organization),
		"ewsAllowedAppIDs":       part(&x.AllowedApps, s, "ewsAllowedAppIDs", s.AllowedApps),
		"transport":              part(&x.Transport, s, "transport", s.Transport),
		"authenticationPolicies": part(&x.Policies, s, "authenticationPolicies", s.Policies),
		"usersWithPolicy":        part(&x.Assigned, s, "usersWithPolicy", s.Assigned),
		"mailboxes":              part(&x.Mailboxes, s, "mailboxes", s.Mailboxes),
	} {
		if !there {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		slices.Sort(missing)
		return Exchange{}, &FileError{What: "it lacks " + strings.Join(missing, ", ") + " and does not say why"}
	}
	return x, nil
}

// part makes a fact of one part, and says whether the file tells of it.
func part[T any](to *Fact[T], s *exchangeSheet, name string, value *T) bool {
	why, failed := s.Failed[name]
	switch {
	case value != nil:
		*to = Known(*value)
	case failed:
		to.Why = or(strings.Join(strings.Fields(why), " "), "the script gave no reason")
	}
	return value != nil || failed
}

// located turns an error of the JSON reader into one with line and column. The
// reader's own words can hold text of the file, so they are not passed on.
func located(data []byte, err error) error {
	var semantic *json.SemanticError
	var syntactic *jsontext.SyntacticError
	e := &FileError{What: "this is not JSON"}
	offset := int64(-1)
	switch {
	case errors.As(err, &semantic):
		offset, e.At, e.What = semantic.ByteOffset, string(semantic.JSONPointer), "a value of an unexpected kind"
		if errors.Is(err, json.ErrUnknownName) {
			e.What = "a field that this program does not know"
		}
	case errors.As(err, &syntactic):
		offset, e.At = syntactic.ByteOffset, string(syntactic.JSONPointer)
		if errors.Is(err, io.ErrUnexpectedEOF) {
			e.What = "the file ends in the middle"
		}
		if errors.Is(err, jsontext.ErrDuplicateName) {
			e.What = "a field stands there twice"
		}
	}
	if offset >= 0 && offset <= int64(len(data)) {
		before := data[:offset]
		e.Line = bytes.Count(before, []byte("\n")) + 1
		e.Column = len(before) - (bytes.LastIndexByte(before, '\n') + 1) + 1
	}
	e.At = plain(e.At)
	return e
}

// plain keeps a place readable: names in it come from the file.
func plain(s string) string {
	const most = 80
	for _, r := range s {
		if r < ' ' || r > '~' {
			return ""
		}
	}
	if len(s) > most {
		return ""
	}
	return s
}
