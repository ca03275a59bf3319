package chattest

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxBody is more than any message in a test needs.
const maxBody = 1 << 20

// note is a message as it travels between Client and Channel.
type note struct {
	Ref      string   `json:"ref,omitempty"`
	Key      string   `json:"key"`
	Place    string   `json:"place"`
	Title    string   `json:"title"`
	Text     string   `json:"text"`
	Under    string   `json:"under,omitempty"`
	Replaces string   `json:"replaces,omitempty"`
	Files    []string `json:"files,omitempty"`
	Actions  []string `json:"actions,omitempty"`
	Error    string   `json:"error,omitempty"`
}

// ServeHTTP answers POST /messages (send), PUT /messages/REF (change) and
// GET /messages?place=…&key=… (find).
func (c *Channel) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, ok := strings.CutPrefix(r.URL.Path, "/hook/"+Secret)
	if !ok {
		reply(w, http.StatusUnauthorized, note{})
		return
	}
	r.URL.Path = path
	c.mu.Lock()
	c.requests = append(c.requests, r.Method+" "+r.URL.Path)
	c.touch()
	c.mu.Unlock()
	if r.Method == http.MethodGet {
		c.find(w, r)
		return
	}
	var n note
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err == nil {
		err = json.Unmarshal(body, &n)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	b := c.behavior()
	if b.Delay > 0 && !c.pause(r, b.Delay) {
		return
	}
	status := b.Status
	if b.records() {
		if b.Then != nil {
			b.Then()
		}
		fine := 0
		n.Ref, fine = c.record(r, n)
		if status == 0 {
			status = fine
		}
	}
	switch {
	case b.Hang:
		c.pause(r, 0)
		panic(http.ErrAbortHandler)
	case b.Drop:
		panic(http.ErrAbortHandler) // closes the connection without an answer
	}
	if b.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.FormatFloat(b.RetryAfter.Seconds(), 'f', -1, 64))
	}
	reply(w, status, note{Ref: n.Ref, Key: n.Key})
}

func (c *Channel) behavior() Behavior {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.next) == 0 {
		return c.usual
	}
	b := c.next[0]
	c.next = c.next[1:]
	return b
}

// pause waits for a time, 0 for ever. It returns false when the sender or the
// channel went away.
func (c *Channel) pause(r *http.Request, d time.Duration) bool {
	var over <-chan time.Time
	if d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-over:
		return true
	case <-r.Context().Done():
	case <-c.closing:
	}
	return false
}

// record keeps a message or a change and gives its ref and the status that says
// so.
func (c *Channel) record(r *http.Request, n note) (string, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.touch()
	if r.Method == http.MethodPut {
		i := slices.IndexFunc(c.received, func(m Received) bool { return "/messages/"+m.Ref == r.URL.Path })
		if i < 0 {
			return "", http.StatusNotFound
		}
		m := &c.received[i]
		m.Title, m.Text, m.Actions = n.Title, n.Text, n.Actions
		if !slices.Contains(m.Edits, n.Key) {
			m.Edits = append(m.Edits, n.Key)
		}
		return m.Ref, http.StatusOK
	}
	if i := c.index(n.Place, n.Key); c.idempotent && i >= 0 {
		c.dropped++
		return c.received[i].Ref, http.StatusOK
	}
	ref := strconv.Itoa(len(c.received) + 1)
	c.received = append(c.received, Received{
		Ref: ref, Key: n.Key, Place: n.Place, Title: n.Title, Text: n.Text, Under: n.Under,
		Replaces: n.Replaces, Files: n.Files, Actions: n.Actions, At: time.Now(),
	})
	return ref, http.StatusCreated
}

// index finds a message by key in its place; c.mu is held.
func (c *Channel) index(place, key string) int {
	return slices.IndexFunc(c.received, func(m Received) bool { return m.Key == key && m.Place == place })
}

func (c *Channel) find(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	c.mu.Lock()
	i := c.index(q.Get("place"), q.Get("key"))
	found := note{}
	if i >= 0 {
		found = note{Ref: c.received[i].Ref, Key: c.received[i].Key}
	}
	blind := c.blind
	c.mu.Unlock()
	switch {
	case blind:
		reply(w, http.StatusForbidden, note{})
	case i < 0:
		reply(w, http.StatusNotFound, note{})
	default:
		reply(w, http.StatusOK, found)
	}
}

func reply(w http.ResponseWriter, status int, n note) {
	w.Header().Set("Content-Type", "application/json")
	if status/100 == 3 {
		w.Header().Set("Location", "/hook/"+Secret+"/elsewhere")
	}
	if status >= 400 {
		n.Error = "refused for " + Secret
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(n) // the sender may have gone
}
