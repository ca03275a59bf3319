package explain

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// entry is one meaning, as it stands in a file under data/.
type entry struct {
	ID       string             `yaml:"id"`
	Code     string             `yaml:"code"`
	Families []useragent.Family `yaml:"families"`
	// Model and Versionless narrow an entry for agents; see fits.
	Model       string          `yaml:"model"`
	Versionless bool            `yaml:"versionless"`
	Protocol    detect.Protocol `yaml:"protocol"`
	// Match are phrases that must all occur, Any those of which one must. After
	// one of Ends no words may follow, apart from some in brackets.
	Match    []string `yaml:"match"`
	Any      []string `yaml:"any"`
	Ends     []string `yaml:"ends"`
	Title    string   `yaml:"title"`
	Meaning  string   `yaml:"meaning"`
	Do       []string `yaml:"do"`
	Playbook string   `yaml:"playbook"`
	Password Password `yaml:"password"`
	Sources  []string `yaml:"sources"`
	// Example is a text that this entry explains.
	Example string `yaml:"example"`

	kind    Kind
	reply   reply // Code of an SMTP error, taken apart
	sources []Source
}

// matches says whether e explains an error line. Its phrases must occur; its
// status code must not contradict those of the line. When e has no phrases its
// code is enough by itself, but then the reply code must agree as well: 451
// 5.7.3 is no failed sign-in, 535 5.7.3 is.
func (e *entry) matches(p pasted) bool {
	if len(e.Ends) > 0 && !p.endsWith(e.Ends) {
		return false
	}
	if len(e.Match) == 0 && len(e.Any) == 0 {
		return e.reply.status != "" && slices.ContainsFunc(p.replies, e.reply.covers)
	}
	if e.reply.status != "" && len(p.replies) > 0 && !p.hasStatus(e.reply.status) {
		return false
	}
	return e.worded(p.words)
}

// worded says whether the phrases of e occur; it is true without phrases.
func (e *entry) worded(words string) bool {
	for _, phrase := range e.Match {
		if !holds(words, phrase) {
			return false
		}
	}
	for _, phrase := range e.Any {
		if holds(words, phrase) {
			return true
		}
	}
	return len(e.Any) == 0
}

func (e *entry) answer() Answer {
	return Answer{
		Kind: e.kind, ID: e.ID, Code: e.Code, Title: e.Title, Meaning: e.Meaning, Do: e.Do,
		Playbook: e.Playbook, Password: e.Password, Protocol: e.Protocol, Sources: e.sources,
	}
}

// check says what is wrong with e, or nil.
func (e *entry) check() error {
	switch {
	case !isID(e.ID):
		return fmt.Errorf("id %q: want lower-case letters, digits and hyphens", e.ID)
	case e.Title == "" || strings.HasSuffix(e.Title, "."):
		return fmt.Errorf("%s: want a title without a full stop", e.ID)
	case e.Meaning == "" || len(e.Do) == 0 || len(e.Sources) == 0:
		return fmt.Errorf("%s: want meaning, do and sources", e.ID)
	case e.Playbook != "" && !isID(e.Playbook):
		return fmt.Errorf("%s: playbook %q: want the id of a playbook", e.ID, e.Playbook)
	}
	for _, phrase := range slices.Concat(e.Match, e.Any, e.Ends) {
		if phrase == "" || phrase != strings.Join(strings.Fields(plain(phrase)), " ") {
			return fmt.Errorf("%s: phrase %q: want lower case and single spaces", e.ID, phrase)
		}
	}
	for _, text := range append([]string{e.Meaning}, e.Do...) {
		if _, err := spans(text); err != nil {
			return fmt.Errorf("%s: %w", e.ID, err)
		}
	}
	if err := e.checkKey(); err != nil {
		return fmt.Errorf("%s: %w", e.ID, err)
	}
	return nil
}

// checkKey says whether e has what its kind is found by, and nothing else.
func (e *entry) checkKey() error {
	worded := len(e.Match)+len(e.Any) > 0
	if e.Password != "" && e.kind != SignInCode {
		return errors.New("password: only a sign-in code has one")
	}
	if len(e.Families) > 0 && e.kind != Agent || e.Protocol != "" && e.kind != ClientApp {
		return errors.New("families are for agents, protocol for client apps")
	}
	if e.kind != Agent && (e.Model != "" || e.Versionless) {
		return errors.New("model and versionless are for agents")
	}
	switch e.kind {
	case SignInCode:
		if e.Code == "" || digitsEnd(e.Code, 0) != len(e.Code) {
			return fmt.Errorf("code %q: want a number", e.Code)
		}
		switch e.Password {
		case "", Right, Likely, Wrong, NotKnown:
		default:
			return fmt.Errorf("password %q: want right, likely, wrong or unknown", e.Password)
		}
	case SMTPError:
		if found := replies(e.Code); e.Code != "" {
			if len(found) != 1 || found[0].String() != e.Code {
				return fmt.Errorf("code %q: want a reply code and a status code", e.Code)
			}
			e.reply = found[0]
		} else if !worded {
			return errors.New("want a code or phrases")
		}
	case EWSError, MailboxError:
		if !worded {
			return errors.New("want phrases")
		}
	case Agent:
		known := len(e.Families) > 0 && !slices.ContainsFunc(e.Families, func(f useragent.Family) bool { return !f.Valid() })
		if !known || e.Code != "" || worded {
			return fmt.Errorf("families %q: want some of the families, and no code or phrases", e.Families)
		}
	case ClientApp:
		if e.Protocol == "" || e.Code != "" || worded {
			return errors.New("want a protocol, and no code or phrases")
		}
	default:
		return fmt.Errorf("kind %q: not known", e.kind)
	}
	return nil
}

func (s Source) check() error {
	u, err := url.Parse(s.URL)
	if err != nil || u.Scheme != "https" || u.Host == "" || s.Title == "" {
		return fmt.Errorf("source %q: want a title and an https address", s.Title)
	}
	if _, err := time.Parse(time.DateOnly, s.Checked); err != nil {
		return fmt.Errorf("source %q: checked %q: want a day as 2026-11-23", s.Title, s.Checked)
	}
	return nil
}

func isID(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" && s[0] != '-'
}
