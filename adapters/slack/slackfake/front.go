package slackfake

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

// Front gives one address of the Web API for several workspaces: a call goes to
// the first one whose token it bears.
func Front(t testing.TB, workspaces ...*Server) string {
	t.Helper()
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 4<<20))
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		values, err := arguments(r)
		if err != nil {
			answer(w, http.StatusOK, object{"ok": false, "error": "invalid_form_data"})
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		token := values.Get("token")
		i := slices.IndexFunc(workspaces, func(s *Server) bool { return token == s.options.BotToken || token == s.options.AppToken })
		if i < 0 {
			answer(w, http.StatusOK, object{"ok": false, "error": "invalid_auth"})
			return
		}
		workspaces[i].ServeHTTP(w, r)
	}))
	t.Cleanup(front.Close)
	return front.URL + "/api/"
}
