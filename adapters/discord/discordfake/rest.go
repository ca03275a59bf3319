package discordfake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"time"

	"legacyauth/adapters/chat/chattest"
)

// answer is what a request gets.
type answer struct {
	status int
	body   any
}

func refuse(status, code int, text string) answer {
	return answer{status, map[string]any{"code": code, "message": text}}
}

// asked is a request with its body read.
type asked struct {
	*http.Request
	kind  string
	json  []byte
	files map[string][]byte // by the name of the part
	names []string
}

func (a *asked) value() map[string]any {
	v := map[string]any{}
	_ = json.Unmarshal(a.json, &v) // a body that is no object has nothing
	return v
}

// rest is what all requests go through: the token, the limits, and the record.
func (s *Server) rest(do func(*asked) answer) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		a, err := read(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		kept := Request{Method: r.Method, Path: r.URL.RequestURI(), Kind: a.kind, Body: a.json, Files: a.names}
		header := w.Header()
		given, ok := s.limited(r, header)
		if ok {
			given = s.authorized(a, do)
		}
		kept.Status = given.status
		s.mu.Lock()
		s.requests = append(s.requests, kept)
		s.touch()
		s.mu.Unlock()
		if given.status < 0 {
			panic(http.ErrAbortHandler) // the connection breaks
		}
		if given.body == nil {
			w.WriteHeader(given.status)
			return
		}
		header.Set("Content-Type", "application/json")
		if m, ok := given.body.(map[string]any); ok && m["retry_after"] != nil && header.Get("Retry-After") == "" {
			header.Set("Retry-After", strings.TrimSuffix(fmt.Sprintf("%v", m["retry_after"]), ".0"))
		}
		w.WriteHeader(given.status)
		_ = json.NewEncoder(w).Encode(given.body)
	}
}

func (s *Server) authorized(a *asked, do func(*asked) answer) answer {
	open := strings.Contains(a.URL.Path, "/interactions/") || strings.Contains(a.URL.Path, "/webhooks/")
	if !open && a.Header.Get("Authorization") != "Bot "+Token {
		return refuse(http.StatusUnauthorized, 0, "401: Unauthorized")
	}
	return do(a)
}

func read(r *http.Request) (*asked, error) {
	a := &asked{Request: r, files: map[string][]byte{}}
	body, err := io.ReadAll(io.LimitReader(r.Body, 32<<20))
	if err != nil {
		return nil, err
	}
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	a.kind, a.json = kind, body
	if kind != "multipart/form-data" {
		return a, nil
	}
	parts := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return a, nil
		}
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(p)
		if err != nil {
			return nil, err
		}
		if p.FormName() == "payload_json" {
			a.json = data
			continue
		}
		a.files[p.FormName()] = data
		a.names = append(a.names, p.FileName())
	}
}

// behaving treats a request as Next says.
func (s *Server) behaving(do func(*asked) answer) func(*asked) answer {
	return func(a *asked) answer {
		s.mu.Lock()
		b := chattest.Fine
		if len(s.next) > 0 {
			b, s.next = s.next[0], s.next[1:]
		}
		s.mu.Unlock()
		if b.Delay > 0 {
			select {
			case <-time.After(b.Delay):
			case <-a.Context().Done():
				return answer{status: -1}
			case <-s.closing:
				return answer{status: -1}
			}
		}
		records := b.Record || !b.Drop && !b.Hang && (b.Status == 0 || b.Status/100 == 2)
		given := answer{status: http.StatusOK}
		if records {
			given = do(a)
		}
		if b.Then != nil {
			b.Then()
		}
		switch {
		case b.Hang:
			s.arrived <- struct{}{}
			select {
			case <-a.Context().Done():
			case <-s.closing:
			}
			return answer{status: -1}
		case b.Drop:
			return answer{status: -1}
		case b.Status != 0:
			body := map[string]any{"code": 0, "message": "no: " + Token}
			if b.RetryAfter > 0 {
				body["retry_after"] = b.RetryAfter.Seconds()
			}
			return answer{b.Status, body}
		}
		return given
	}
}

func (s *Server) whereGateway(*asked) answer {
	return answer{http.StatusOK, map[string]any{"url": "ws" + strings.TrimPrefix(s.URL, "http") + "/socket"}}
}

func (s *Server) me(*asked) answer {
	return answer{http.StatusOK, map[string]any{"id": Self, "username": "legacyauth", "bot": true}}
}

func (s *Server) application(*asked) answer {
	return answer{http.StatusOK, map[string]any{"id": Application, "name": "legacyauth", "verify_key": fmt.Sprintf("%x", []byte(s.PublicKey)), "flags": 0, "bot": map[string]any{"id": Self}}}
}

func (s *Server) server(a *asked) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := a.PathValue("server")
	if !s.servers[id] {
		return refuse(http.StatusNotFound, 10004, "Unknown Guild")
	}
	return answer{http.StatusOK, map[string]any{"id": id, "name": "Server " + id}}
}

func (s *Server) channel(a *asked) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[a.PathValue("channel")]
	if c == nil {
		return refuse(http.StatusNotFound, 10003, "Unknown Channel")
	}
	return answer{http.StatusOK, c.json()}
}

func (c *channel) json() map[string]any {
	v := map[string]any{"id": c.id, "type": c.kind}
	if c.server != "" {
		v["guild_id"] = c.server
	}
	if c.parent != "" {
		v["parent_id"] = c.parent
	}
	if c.person != "" {
		v["recipients"] = []any{map[string]any{"id": c.person, "username": "somebody"}}
	}
	return v
}

func (s *Server) openDirect(a *asked) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	person, _ := a.value()["recipient_id"].(string)
	switch code := s.closed[person]; code {
	case 0, 50007:
	default:
		return refuse(http.StatusBadRequest, code, "closed")
	}
	for _, c := range s.channels {
		if c.person == person {
			return answer{http.StatusOK, c.json()}
		}
	}
	c := &channel{id: s.id(), person: person, kind: directMessage}
	s.channels[c.id] = c
	return answer{http.StatusOK, c.json()}
}

func (s *Server) listCommands(a *asked) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if server := a.PathValue("server"); server != "" && !s.servers[server] {
		return refuse(http.StatusForbidden, 50001, "Missing Access")
	}
	if v, ok := s.commands[a.URL.Path]; ok {
		return answer{http.StatusOK, v}
	}
	return answer{http.StatusOK, []any{}}
}

func (s *Server) putCommands(a *asked) answer {
	var all []map[string]any
	if err := json.Unmarshal(a.json, &all); err != nil {
		return refuse(http.StatusBadRequest, 50035, "Invalid Form Body")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if server := a.PathValue("server"); server != "" && !s.servers[server] {
		return refuse(http.StatusForbidden, 50001, "Missing Access")
	}
	if wrong := misfit(all); wrong != "" {
		return refuse(http.StatusBadRequest, 50035, "Invalid Form Body: "+wrong)
	}
	// What Discord adds to a command.
	list := []any{}
	for _, c := range all {
		c["id"], c["application_id"], c["version"] = s.id(), Application, s.id()
		c["dm_permission"], c["nsfw"], c["integration_types"] = true, false, []int{0}
		if n, ok := c["default_member_permissions"].(float64); ok {
			c["default_member_permissions"] = fmt.Sprint(n)
		}
		list = append(list, c)
	}
	s.commands[a.URL.Path] = list
	s.writes++
	s.touch()
	return answer{http.StatusOK, list}
}

func number(v any) int {
	f, _ := v.(float64)
	return int(f)
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
