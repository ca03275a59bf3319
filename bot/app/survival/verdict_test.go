package survival

import (
	"os"
	"slices"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/logfile"
	"legacyauth/storage"
)

// recorded is what stands in the database at the end.
type recorded struct {
	clients  []storage.Client
	messages []storage.Outgoing
}

func (w *world) recorded() recorded {
	w.t.Helper()
	db, err := storage.Open(w.t.Context(), w.dsn, storage.Options{Now: w.now})
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var r recorded
	err = db.Read(w.t.Context(), func(tx *storage.Tx) error {
		var err error
		if r.clients, _, err = tx.Clients(0, storage.ClientFilter{}); err != nil {
			return err
		}
		rows, err := w.pool.QueryContext(w.t.Context(), `SELECT id FROM messages ORDER BY id`)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var id int64
			if err := rows.Scan(&id); err != nil {
				return err
			}
			m, _, err := tx.Message(id)
			if err != nil {
				return err
			}
			r.messages = append(r.messages, m)
		}
		return rows.Err()
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// judge says what of the promises was not kept: each client recorded once, with
// each of its sign-ins; each client that came after the first look told; each
// message in its channel, in order, and fewer than one in a hundred twice.
func (w *world) judge(baseline int) {
	t := w.t
	t.Helper()
	r := w.recorded()
	known := map[string]int{}
	for _, c := range r.clients {
		known[c.User.Name]++
		if known[c.User.Name] > 1 {
			t.Errorf("%s is recorded %d times", c.User.Name, known[c.User.Name])
		}
	}
	for n, rows := range w.rows {
		i := slices.IndexFunc(r.clients, func(c storage.Client) bool { return c.User.Name == user(n) })
		if i < 0 {
			t.Errorf("%s is not recorded", user(n))
			continue
		}
		if got := r.clients[i].Tally.Total; got != rows {
			t.Errorf("%s has %d sign-ins, want %d", user(n), got, rows)
		}
	}
	if len(r.clients) != len(w.rows) {
		t.Errorf("%d clients are recorded, want %d", len(r.clients), len(w.rows))
	}
	for _, place := range []chat.Place{alerts, w.logFile()} {
		firsts := 0
		for _, m := range r.messages {
			if m.Kind == "first" && m.Place == place {
				firsts++
			}
		}
		if want := len(w.rows) - baseline; firsts != want {
			t.Errorf("%s: %d clients were news, want %d", place.Platform, firsts, want)
		}
	}
	w.judgeMessages(alerts, r.messages, w.inChannel())
	w.judgeMessages(w.logFile(), r.messages, w.inLogFile())
}

// arrived is what stands in a place: the keys of its messages in order, and
// those of the changes to them.
type arrived struct {
	keys  []string
	edits map[string]bool
}

func (w *world) inChannel() arrived {
	a := arrived{edits: map[string]bool{}}
	for _, m := range w.channel.Messages() {
		a.keys = append(a.keys, m.Key)
		for _, key := range m.Edits {
			a.edits[key] = true
		}
	}
	return a
}

func (w *world) inLogFile() arrived {
	w.t.Helper()
	text, err := os.ReadFile(w.logFile().Channel)
	if err != nil {
		w.t.Fatal(err)
	}
	var a arrived
	for line := range strings.Lines(string(text)) {
		m, err := logfile.Parse([]byte(strings.TrimSpace(line)))
		if err != nil {
			w.t.Errorf("a line of the log file is broken: %v", err)
			continue
		}
		a.keys = append(a.keys, m.Key)
	}
	return a
}

// judgeMessages compares the messages for a place with what stands there.
func (w *world) judgeMessages(place chat.Place, messages []storage.Outgoing, a arrived) {
	t := w.t
	t.Helper()
	byID := map[int64]storage.Outgoing{}
	for _, m := range messages {
		byID[m.ID] = m
	}
	order := map[string]int{} // where each key first stands
	var repeated []string
	for i, key := range a.keys {
		if _, again := order[key]; again {
			repeated = append(repeated, key)
			continue
		}
		order[key] = i
	}
	sent, edits, newest := 0, 0, -1
	for _, m := range messages {
		if m.Place != place {
			continue
		}
		if last := said(m, byID); last.State != storage.MessageSent {
			t.Errorf("%s: message %d (%s) is %s", place.Platform, m.ID, m.Key, last.State)
		}
		at, posted := order[m.Key]
		switch {
		case m.State != storage.MessageSent:
		case posted:
			sent++
			if at < newest {
				t.Errorf("%s: message %d came before one that was posted earlier", place.Platform, m.ID)
			}
			newest = max(newest, at)
		case a.edits[m.Key]:
			edits++
		default:
			t.Errorf("%s: message %d (%s) counts as sent and is not there", place.Platform, m.ID, m.Key)
		}
	}
	t.Logf("%s: %d messages about %d clients, %d edits, %d repeated", place.Platform, sent, len(w.rows), edits, len(repeated))
	if sent == 0 || len(repeated)*100 >= sent {
		t.Errorf("%s: %d of %d messages were repeated: %q", place.Platform, len(repeated), sent, repeated)
	}
}

// said gives the message that says what m would have said.
func said(m storage.Outgoing, byID map[int64]storage.Outgoing) storage.Outgoing {
	for range len(byID) {
		if m.State != storage.MessageFolded {
			break
		}
		m = byID[m.FoldedInto]
	}
	return m
}
