package slackfake

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// object is a JSON object.
type object = map[string]any

// failure is an error code of the Web API.
type failure struct {
	code   string
	detail []string
}

func (f failure) Error() string { return f.code }

func fail(code string) (object, error) { return nil, failure{code: code} }

// call is one call of a method.
type call struct {
	values url.Values
	app    bool // with the app token
}

func (c call) get(name string) string { return c.values.Get(name) }

// method is one of the Web API's, and the scopes of which it wants one.
type method struct {
	scopes []string
	do     func(s *Server, c call) (object, error)
}

var methods = map[string]method{
	"auth.test":                    {nil, authTest},
	"apps.connections.open":        {nil, connectionsOpen},
	"chat.postMessage":             {[]string{"chat:write"}, postMessage},
	"chat.postEphemeral":           {[]string{"chat:write"}, postEphemeral},
	"chat.update":                  {[]string{"chat:write"}, update},
	"chat.delete":                  {[]string{"chat:write"}, deleteMessage},
	"conversations.open":           {[]string{"im:write"}, conversationsOpen},
	"conversations.history":        {[]string{"channels:history", "groups:history", "im:history"}, history},
	"conversations.replies":        {[]string{"channels:history", "groups:history", "im:history"}, replies},
	"users.info":                   {[]string{"users:read"}, usersInfo},
	"users.lookupByEmail":          {[]string{"users:read.email"}, lookupByEmail},
	"usergroups.list":              {[]string{"usergroups:read"}, usergroupsList},
	"views.open":                   {nil, viewsOpen},
	"views.update":                 {nil, viewsUpdate},
	"views.publish":                {nil, viewsPublish},
	"files.getUploadURLExternal":   {[]string{"files:write"}, getUploadURL},
	"files.completeUploadExternal": {[]string{"files:write"}, completeUpload},
}

// ServeHTTP is the whole of Slack.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch path := r.URL.Path; {
	case strings.HasPrefix(path, "/api/"):
		s.api(w, r, strings.TrimPrefix(path, "/api/"))
	case strings.HasPrefix(path, "/upload/"):
		s.takeUpload(w, r, strings.TrimPrefix(path, "/upload/"))
	case strings.HasPrefix(path, "/commands/"):
		s.takeResponse(w, r, strings.TrimPrefix(path, "/commands/"))
	case path == "/link":
		s.link(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (s *Server) api(w http.ResponseWriter, r *http.Request, name string) {
	values, err := arguments(r)
	if err != nil {
		answer(w, http.StatusOK, object{"ok": false, "error": "invalid_form_data"})
		return
	}
	s.mu.Lock()
	s.calls = append(s.calls, name)
	s.touch()
	s.mu.Unlock()
	do := func() object { return s.perform(name, values) }
	if s.spoil(w, r, s.mishap(name), func() { do() }) {
		return
	}
	s.mu.Lock()
	w.Header().Set("X-OAuth-Scopes", strings.Join(s.scopes, ","))
	s.mu.Unlock()
	got := do()
	if got["error"] == "ratelimited" {
		w.Header().Set("Retry-After", "1")
		answer(w, http.StatusTooManyRequests, got)
		return
	}
	answer(w, http.StatusOK, got)
}

// perform does what a method does and gives its answer.
func (s *Server) perform(name string, values url.Values) object {
	m, ok := methods[name]
	if !ok {
		return object{"ok": false, "error": "unknown_method"}
	}
	token := values.Get("token")
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.touch()
	c := call{values: values, app: token == s.options.AppToken}
	switch {
	case token == "":
		return object{"ok": false, "error": "not_authed"}
	case s.revoked != "":
		return object{"ok": false, "error": s.revoked}
	case token != s.options.BotToken && token != s.options.AppToken:
		return object{"ok": false, "error": "invalid_auth"}
	case c.app != (name == "apps.connections.open"):
		return object{"ok": false, "error": "not_allowed_token_type"}
	}
	if len(m.scopes) > 0 && !slices.ContainsFunc(m.scopes, func(scope string) bool { return slices.Contains(s.scopes, scope) }) {
		return object{"ok": false, "error": "missing_scope", "needed": strings.Join(m.scopes, ","), "provided": strings.Join(s.scopes, ",")}
	}
	got, err := m.do(s, c)
	if err != nil {
		bad := object{"ok": false, "error": err.Error()}
		if f, ok := err.(failure); ok && len(f.detail) > 0 { //nolint:errorlint // methods give it unwrapped
			bad["response_metadata"] = object{"messages": f.detail}
		}
		return bad
	}
	if got == nil {
		got = object{}
	}
	got["ok"] = true
	return got
}

// arguments reads a form or a JSON body, with the token of either kind.
func arguments(r *http.Request) (url.Values, error) {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, 4<<20))
	if err != nil {
		return nil, err
	}
	values := url.Values{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		var given map[string]json.RawMessage
		if err := json.Unmarshal(body, &given); err != nil && len(body) > 0 {
			return nil, err
		}
		for name, raw := range given {
			var text string
			if json.Unmarshal(raw, &text) != nil {
				text = string(raw)
			}
			values.Set(name, text)
		}
	} else if values, err = url.ParseQuery(string(body)); err != nil {
		return nil, err
	}
	for name, list := range r.URL.Query() {
		values[name] = append(values[name], list...)
	}
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		values.Set("token", bearer)
	}
	return values, nil
}

func answer(w http.ResponseWriter, status int, o object) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(o) // who asked may have gone
}

func authTest(s *Server, _ call) (object, error) {
	got := object{"url": "https://contoso.slack.com/", "team": "Contoso", "user": "legacyauth", "team_id": s.options.Team, "user_id": BotUser, "bot_id": Bot, "app_id": App, "is_enterprise_install": s.options.Wide}
	if s.options.Enterprise != "" {
		got["enterprise_id"] = s.options.Enterprise
	}
	if s.options.Wide {
		got["team_id"], got["team"] = s.options.Enterprise, "Contoso Group"
	}
	return got, nil
}

func connectionsOpen(s *Server, _ call) (object, error) {
	ticket := s.id("ticket")
	s.tickets[ticket] = true
	return object{"url": "ws" + strings.TrimPrefix(s.url(), "http") + "/link?ticket=" + ticket + "&app_id=" + App}, nil
}

func usersInfo(s *Server, c call) (object, error) {
	p, ok := s.people[c.get("user")]
	if !ok {
		return fail("user_not_found")
	}
	return object{"user": p.json(s.options.Team, c.get("include_locale") != "")}, nil
}

func lookupByEmail(s *Server, c call) (object, error) {
	for _, p := range s.people {
		if p.Email != "" && strings.EqualFold(p.Email, c.get("email")) && !p.Deleted {
			return object{"user": p.json(s.options.Team, false)}, nil
		}
	}
	return fail("users_not_found")
}

func (p *Person) json(team string, locale bool) object {
	u := object{
		"id": p.ID, "team_id": team, "name": strings.ToLower(p.Name), "real_name": p.Name, "tz": p.Zone, "deleted": p.Deleted, "is_bot": p.Bot,
		"profile": object{"display_name": p.Name, "real_name": p.Name, "email": p.Email},
	}
	if locale {
		u["locale"] = p.Locale
	}
	return u
}

func usergroupsList(s *Server, c call) (object, error) {
	if s.options.Wide { // https://docs.slack.dev/reference/methods/usergroups.list, read 2026-11-29
		if err := need(c, "team_id"); err != nil {
			return nil, err
		}
	}
	all := []object{}
	for id, members := range s.groups {
		all = append(all, object{"id": id, "team_id": s.options.Team, "is_usergroup": true, "handle": strings.ToLower(id), "users": members, "user_count": len(members)})
	}
	return object{"usergroups": all}, nil
}

func conversationsOpen(s *Server, c call) (object, error) {
	p, ok := s.people[c.get("users")]
	switch {
	case !ok:
		return fail("user_not_found")
	case p.Bot:
		return fail("cannot_dm_bot")
	case p.Deleted:
		return fail("user_disabled")
	}
	id := "D" + strings.TrimPrefix(p.ID, "U")
	if s.channels[id] == nil {
		s.channels[id] = &channel{id: id, name: "directmessage", person: p.ID, member: true}
	}
	return object{"channel": object{"id": id, "is_im": true, "user": p.ID}}, nil
}

// place gives the channel of a call, as one that the bot may write in.
func (s *Server) place(id string) (*channel, error) {
	c, ok := s.channels[id]
	switch {
	case !ok:
		return nil, failure{code: "channel_not_found"}
	case c.archived:
		return nil, failure{code: "is_archived"}
	case !c.member:
		return nil, failure{code: "not_in_channel"}
	}
	return c, nil
}

func need(c call, names ...string) error {
	for _, name := range names {
		if c.get(name) == "" {
			return failure{"invalid_arguments", []string{fmt.Sprintf("[ERROR] missing required field: %s", name)}}
		}
	}
	return nil
}
