package bench

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Key is what sign-ins are counted by, each part as the log has it. Code is the
// error code; empty where a row gives none.
type Key struct{ User, Protocol, Agent, Code string }

// Answer counts sign-ins.
type Answer map[Key]int64

// group is one count as programs print it.
type group struct {
	User     string `json:"user"`
	Protocol string `json:"protocol"`
	Agent    string `json:"agent"`
	Code     scalar `json:"code"`
	Count    int64  `json:"n"`
}

// scalar is text that some programs print as a number.
type scalar string

// UnmarshalJSON takes text, a number or null.
func (s *scalar) UnmarshalJSON(b []byte) error {
	var text string
	switch {
	case string(b) == "null":
	case b[0] != '"':
		text = string(b)
	default:
		if err := json.Unmarshal(b, &text); err != nil {
			return err
		}
	}
	*s = scalar(text)
	return nil
}

// parse reads groups as JSON objects, one after another or in an array.
func parse(out []byte) (Answer, error) {
	answer := Answer{}
	d := json.NewDecoder(bytes.NewReader(out))
	for {
		var value json.RawMessage
		if err := d.Decode(&value); errors.Is(err, io.EOF) {
			return answer, nil
		} else if err != nil {
			return nil, errors.New("its output is not JSON")
		}
		groups := make([]group, 1)
		into := any(&groups[0])
		if value[0] == '[' {
			into = &groups
		}
		if err := json.Unmarshal(value, into); err != nil {
			return nil, errors.New("its output is not an answer")
		}
		if slices.ContainsFunc(groups, func(g group) bool { return g.Count <= 0 }) {
			return nil, errors.New("its output is not an answer")
		}
		answer.add(groups)
	}
}

func (a Answer) add(groups []group) {
	for _, g := range groups {
		a[Key{g.User, g.Protocol, g.Agent, string(g.Code)}] += g.Count
	}
}

// Total is the number of sign-ins counted.
func (a Answer) Total() int64 {
	n := int64(0)
	for _, count := range a {
		n += count
	}
	return n
}

// shownDifferences is how many differences are told one by one.
const shownDifferences = 3

// differences tells where other differs from a, without naming anybody: the
// first few groups by protocol and code, and how many there are.
func (a Answer) differences(other Answer) []string {
	keys := map[Key]bool{}
	for k, n := range a {
		if other[k] != n {
			keys[k] = true
		}
	}
	for k, n := range other {
		if a[k] != n {
			keys[k] = true
		}
	}
	var told []string
	for _, k := range slices.SortedFunc(maps.Keys(keys), Key.compare) {
		if len(told) == shownDifferences {
			told = append(told, fmt.Sprintf("and %d groups more", len(keys)-shownDifferences))
			break
		}
		told = append(told, fmt.Sprintf("%s with code %s: it counts %d of a user's sign-ins where this program counts %d",
			cmp.Or(k.Protocol, "no client app"), cmp.Or(k.Code, "none"), other[k], a[k]))
	}
	return told
}

func (k Key) compare(o Key) int {
	return cmp.Or(strings.Compare(k.Protocol, o.Protocol), strings.Compare(k.Code, o.Code), strings.Compare(k.User, o.User), strings.Compare(k.Agent, o.Agent))
}
