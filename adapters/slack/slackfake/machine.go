package slackfake

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"
)

// Machine says how soon this machine answers n requests at once that need no work,
// at the 99th percentile: what a limit in seconds can be held to, where others have
// the machine too. It is asked while nothing else is done.
func Machine(t testing.TB, n int) time.Duration {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	idle := &Server{options: Options{RequestURL: server.URL, Patience: time.Minute}}
	took := make([]time.Duration, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			d, err := idle.post("slash_commands", object{"text": "help"})
			if err != nil {
				t.Error(err)
			}
			took[i] = d.Took
		})
	}
	all.Wait()
	slices.Sort(took)
	return took[(n-1)*99/100]
}
