package linking

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// MaxRows is the longest table that is read.
const MaxRows = 100000

// Row is one person of a table and their account.
type Row struct {
	Person chat.Person
	Name   string // of the account
	Line   int    // of the table
}

// Read reads a table of two columns: who somebody is, as roles shows it
// ("discord:100:@300"), and their account's sign-in name. A first line whose first
// cell is "person" is a head. An error names its line; nothing is read then.
func Read(table []byte) ([]Row, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(table, []byte("\ufeff"))))
	r.FieldsPerRecord, r.TrimLeadingSpace = 2, true
	var rows []Row
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		var fault *csv.ParseError
		if errors.As(err, &fault) {
			return nil, fmt.Errorf("line %d is no line of two cells, such as discord:100:@300,ana@contoso.com", fault.Line)
		}
		if err != nil {
			return nil, fmt.Errorf("read the table: %w", err)
		}
		line, _ := r.FieldPos(0)
		if line == 1 && strings.EqualFold(strings.TrimSpace(cells[0]), "person") {
			continue
		}
		row, err := rowOf(cells)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		row.Line = line
		if rows = append(rows, row); len(rows) > MaxRows {
			return nil, fmt.Errorf("the table has more than %d lines; split it", MaxRows)
		}
	}
}

func rowOf(cells []string) (Row, error) {
	at, err := chat.ParsePlace(strings.TrimSpace(cells[0]))
	if err != nil || !at.Personal() {
		return Row{}, errors.New("the first cell is not who somebody is, such as discord:100:@300; /legacyauth roles shows everybody theirs")
	}
	name := strings.ToLower(strings.TrimSpace(cells[1]))
	if local, domain, ok := strings.Cut(name, "@"); !ok || local == "" || domain == "" || card.Clean(name) != name || len(name) > 254 {
		return Row{}, errors.New("the second cell is no sign-in name, such as ana@contoso.com")
	}
	return Row{Person: chat.Person{Platform: at.Platform, Workspace: at.Workspace, ID: at.Person}, Name: name}, nil
}

// Import links the people of a table, all of them or none. by is the admin, who
// cannot link themselves; sees says whether a workspace sees the tenant. An error
// names its line.
func Import(ctx context.Context, db *storage.DB, rows []Row, tenant int64, by chat.Person, sees func(platform, workspace string) bool) error {
	lines := map[chat.Place]int{}
	for _, row := range rows {
		who := chat.Place{Platform: row.Person.Platform, Workspace: row.Person.Workspace, Person: row.Person.ID}
		switch {
		case row.Person.Same(by):
			return fmt.Errorf("line %d links yourself: ask another admin", row.Line)
		case !sees(row.Person.Platform, row.Person.Workspace):
			return fmt.Errorf("line %d: people of %s:%s may not ask about this tenant; bind it to theirs in the configuration", row.Line, who.Platform, who.Workspace)
		case lines[who] > 0:
			return fmt.Errorf("line %d links who stands in line %d already", row.Line, lines[who])
		}
		lines[who] = row.Line
	}
	return db.Write(ctx, func(tx *storage.Tx) error {
		for _, row := range rows {
			if err := link(tx, row.Person, Account{Tenant: tenant, Name: row.Name}, "table", named(by)); err != nil {
				return err
			}
		}
		return nil
	})
}

// named is how the trail names who links.
func named(by chat.Person) string {
	if by.Platform == chat.Terminal {
		return migration.CLI().String()
	}
	return by.Who()
}
