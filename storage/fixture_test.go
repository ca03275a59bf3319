package storage_test

import (
	"flag"
	"fmt"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

var update = flag.Bool("update", false, "write golden files anew")

func write(t testing.TB, db *storage.DB, f func(*storage.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, db *storage.DB, f func(*storage.Tx) error) {
	t.Helper()
	if err := db.Read(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func newTenant(t testing.TB, db *storage.DB) int64 { return newTenantNamed(t, db, "contoso") }

func newTenantNamed(t testing.TB, db *storage.DB, name string) (id int64) {
	t.Helper()
	write(t, db, func(tx *storage.Tx) (err error) {
		id, err = tx.Tenant(name, "tenant-of-"+name)
		return err
	})
	return id
}

func countRows(t testing.TB, db *storage.DB, table string) (n int) {
	t.Helper()
	read(t, db, func(tx *storage.Tx) error {
		return tx.SQL().QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n)
	})
	return n
}

// client is a client of a user.
func client(tenant int64, key, user string) storage.Client {
	return storage.Client{Tenant: tenant, Client: detect.Client{
		Key: key, User: detect.User{Name: user, ID: "id-of-" + user, Display: "Display " + user}, Protocol: detect.IMAP,
		Device: detect.Device{Family: useragent.Thunderbird, Confidence: useragent.Certain}, Verdict: detect.InUse, Why: "it signs in",
		First: start, Last: start.Add(time.Hour), LastRight: start.Add(time.Hour), Tally: detect.Tally{Total: 3, Succeeded: 3},
		Networks: []detect.Network{{Address: "192.0.2.1", Country: "CH", Count: 3}}, Agents: []string{"agent"},
		Events: []detect.Event{detect.NonInteractive},
	}}
}

// message is a message to a channel.
func message(key, subject string) storage.Outgoing {
	return storage.Outgoing{
		Key: key, Place: chat.Place{Platform: "slack", Workspace: "T1", Channel: "C1"}, Subject: subject, Kind: "first",
		Card: card.Card{
			Title: []card.Span{card.Text("A new client")}, Tone: card.Warning,
			Blocks: []card.Block{card.Para{Spans: []card.Span{card.Bold(subject)}}}, Fallback: "A new client",
		},
	}
}

func ids(n int) []string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("message-%d", i+1))
	}
	return list
}
