package serve_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"legacyauth/adapters/logfile"
	"legacyauth/bot/news/story"
	"legacyauth/storage"
)

// note tells what has reached people since the last time: from the channel and
// the log file themselves, with the cards that were sent under those keys.
func (s *stage) note() {
	s.Helper()
	var told []noted
	for i, m := range s.channel.Messages() {
		place := strings.Replace(m.Place, channels+":contoso:", "#", 1)
		if i >= s.posted {
			told = append(told, noted{place, how(m.Under, "new message"), m.Key})
			s.posted++
		}
		for _, key := range m.Edits[s.edits[m.Ref]:] {
			told = append(told, noted{place, "edited", key})
			s.edits[m.Ref]++
		}
	}
	for _, l := range s.logged()[s.lines:] {
		what := how(l.Under, "new message")
		if l.Changes != "" {
			what = "edited"
		}
		told = append(told, noted{"admins.log", what, l.Key})
		s.lines++
	}
	s.tell(told)
}

// noted is one thing that reached a place.
type noted struct{ place, what, key string }

func how(under, otherwise string) string {
	if under != "" {
		return "reply"
	}
	return otherwise
}

func (s *stage) tell(told []noted) {
	s.Helper()
	cards := map[string]storage.Outgoing{}
	s.read(func(tx *storage.Tx) error {
		for _, n := range told {
			m, ok, err := tx.MessageByKey(n.key)
			if err != nil || !ok {
				return errors.Join(err, fmt.Errorf("message %s in %s is none of ours", n.key, n.place))
			}
			cards[n.key] = m
		}
		return nil
	})
	for _, n := range told {
		s.events = append(s.events, story.Event{At: s.Now(), Place: n.place, What: n.what, Card: cards[n.key].Card, Order: cards[n.key].ID})
	}
}

// logged gives the lines of the admins' log file.
func (s *stage) logged() []logfile.Line {
	s.Helper()
	f, err := os.Open(filepath.Join(s.dir, "admins.log"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	s.must(err)
	defer func() { _ = f.Close() }()
	var lines []logfile.Line
	text := bufio.NewScanner(f)
	for text.Scan() {
		l, err := logfile.Parse(text.Bytes())
		s.must(err)
		lines = append(lines, l)
	}
	s.must(text.Err())
	return lines
}
