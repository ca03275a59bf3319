package graphlog

import (
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// object appends the members of one JSON object to a buffer.
type object struct {
	dst   []byte
	comma bool
}

func (o *object) open()  { o.dst = append(o.dst, '{'); o.comma = false }
func (o *object) close() { o.dst = append(o.dst, '}'); o.comma = true }

func (o *object) name(name string) {
	o.next()
	o.dst = append(o.dst, '"')
	o.dst = append(o.dst, name...)
	o.dst = append(o.dst, '"', ':')
}

// next separates an element from the one before it.
func (o *object) next() {
	if o.comma {
		o.dst = append(o.dst, ',')
	}
	o.comma = true
}

func (o *object) text(name, value string) {
	o.name(name)
	o.quote(value)
}

// quote never fails: AppendQuote replaces invalid UTF-8 and reports it, and
// everything written here is valid.
func (o *object) quote(value string) {
	o.dst, _ = jsontext.AppendQuote(o.dst, value)
}

func (o *object) number(name string, value int) {
	o.name(name)
	o.dst = strconv.AppendInt(o.dst, int64(value), 10)
}

func (o *object) decimal(name string, value float64) {
	o.name(name)
	o.dst = strconv.AppendFloat(o.dst, value, 'f', -1, 64)
}

func (o *object) flag(name string, value bool) {
	o.name(name)
	o.dst = strconv.AppendBool(o.dst, value)
}

func (o *object) null(name string) {
	o.name(name)
	o.dst = append(o.dst, "null"...)
}

func (o *object) time(name string, t time.Time) {
	o.name(name)
	o.dst = append(o.dst, '"')
	o.dst = t.UTC().AppendFormat(o.dst, time.RFC3339)
	o.dst = append(o.dst, '"')
}

func (o *object) texts(name string, values ...string) {
	o.list(name, len(values), func(i int) { o.quote(values[i]) })
}

func (o *object) object(name string, members func()) {
	o.name(name)
	o.open()
	members()
	o.close()
}

func (o *object) list(name string, n int, element func(i int)) {
	o.name(name)
	o.dst = append(o.dst, '[')
	o.comma = false
	for i := range n {
		o.next()
		element(i)
	}
	o.dst = append(o.dst, ']')
	o.comma = true
}
