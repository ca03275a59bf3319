package storage_test

import (
	"fmt"
	"testing"

	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// A PostgreSQL server that has not looked at a table since it was empty reads it
// whole for a few rows.
func TestATableThatHasGrownIsLookedAt(t *testing.T) {
	t.Parallel()
	db := storagetest.Open(t, storagetest.Schema(t), storage.Options{})
	tenant := newTenant(t, db)
	const many = 10_000
	clients := make([]*storage.Client, many)
	for i := range clients {
		c := client(tenant, fmt.Sprintf("key%d", i), fmt.Sprintf("name%d@contoso.com", i))
		clients[i] = &c
	}
	write(t, db, func(tx *storage.Tx) error { return tx.AddClients(clients) })
	var seen float64
	if err := db.Pool().QueryRowContext(t.Context(), `SELECT reltuples FROM pg_class WHERE oid = 'clients'::regclass`).Scan(&seen); err != nil {
		t.Fatal(err)
	}
	if seen != many {
		t.Errorf("the server takes the table to have %v rows, want %d", seen, many)
	}
}
