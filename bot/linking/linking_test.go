package linking_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/linking"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

var (
	anna  = chat.Person{Platform: "discord", Workspace: "100", ID: "300"}
	admin = chat.Person{Platform: "discord", Workspace: "100", ID: "301"}
)

func everywhere(string, string) bool { return true }

func linked(t *testing.T, db *storage.DB, p chat.Person) string {
	t.Helper()
	var name string
	err := db.Read(t.Context(), func(tx *storage.Tx) error {
		l, ok, err := tx.LinkOf(p.Platform, p.Workspace, p.ID)
		if ok {
			name = l.UserName + " by " + l.How + ", " + l.By
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func TestCodeIsGoodOnce(t *testing.T) {
	t.Parallel()
	ana := linking.Account{Tenant: 1, Name: "Ana@contoso.com"}
	tests := map[string]struct {
		after time.Duration
		twice bool
		by    chat.Person
		sees  bool
		wrong string // what is done to the code
		ok    bool
	}{
		"confirmed":            {by: admin, sees: true, ok: true},
		"typed in small":       {by: admin, sees: true, wrong: "lower", ok: true},
		"too late":             {by: admin, sees: true, after: 16 * time.Minute},
		"twice":                {by: admin, sees: true, twice: true},
		"by oneself":           {by: anna, sees: true},
		"another one":          {by: admin, sees: true, wrong: "other"},
		"of another workspace": {by: admin},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storagetest.Each(t, func(t *testing.T, dsn string) {
				now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
				db := storagetest.Open(t, dsn, storage.Options{Now: func() time.Time { return now }})
				old, err := linking.Code(t.Context(), db, anna)
				if err != nil {
					t.Fatal(err)
				}
				code, err := linking.Code(t.Context(), db, anna)
				if err != nil || code == old {
					t.Fatalf("codes %s and %s, %v", old, code, err)
				}
				switch tt.wrong {
				case "lower":
					code = " " + strings.ToLower(code) + " "
				case "other":
					code = old
				}
				now = now.Add(tt.after)
				if tt.twice {
					if _, err := linking.Confirm(t.Context(), db, code, linking.Account{Name: "x@contoso.com"}, admin, func(string, string) bool { return false }); !errors.Is(err, linking.ErrCode) {
						t.Fatal(err)
					}
				}
				p, err := linking.Confirm(t.Context(), db, code, ana, tt.by, func(string, string) bool { return tt.sees })
				if tt.ok != (err == nil) || err != nil && !errors.Is(err, linking.ErrCode) {
					t.Errorf("Confirm gives %v", err)
				}
				if tt.ok && (!p.Same(anna) || linked(t, db, anna) != "ana@contoso.com by self, discord:100:@301") {
					t.Errorf("%s is linked as %q", p.Who(), linked(t, db, anna))
				}
				if !tt.ok && linked(t, db, anna) != "" {
					t.Error("the person is linked")
				}
			})
		})
	}
}

func TestAskingForMessages(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		asked := func(p chat.Person, want bool) {
			t.Helper()
			if got, err := linking.Asked(db)(t.Context(), p); got != want || err != nil {
				t.Errorf("Asked(%s) = %v, %v, want %v", p.Who(), got, err, want)
			}
		}
		asked(anna, false)
		for range 2 {
			if err := linking.Ask(t.Context(), db, anna); err != nil {
				t.Fatal(err)
			}
		}
		asked(anna, true)
		asked(admin, false)
		asked(chat.Person{Platform: "discord", Workspace: "101", ID: anna.ID}, false)
		for _, want := range []bool{true, false} {
			if had, err := linking.Stop(t.Context(), db, anna); had != want || err != nil {
				t.Errorf("Stop = %v, %v, want %v", had, err, want)
			}
		}
		asked(anna, false)
	})
}

func TestTable(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		table string
		rows  int
		err   string
	}{
		"with a head":     {"person,account\ndiscord:100:@300,ana@contoso.com\n", 1, ""},
		"without":         {"discord:100:@300, Ana@contoso.com\nslack:T1:@U2,\"bert@contoso.com\"\n", 2, ""},
		"a byte mark":     {"\ufeffperson,account\r\ndiscord:100:@300,ana@contoso.com\r\n", 1, ""},
		"empty":           {"", 0, ""},
		"a name":          {"ana,ana@contoso.com\n", 0, "line 1: the first cell"},
		"a channel":       {"discord:100:200,ana@contoso.com\n", 0, "line 1: the first cell"},
		"no address":      {"discord:100:@300,ana\n", 0, "line 1: the second cell"},
		"one cell":        {"person,account\ndiscord:100:@300\n", 0, "line 2 is no line of two cells"},
		"a torn quote":    {"discord:100:@300,\"ana\n", 0, "is no line of two cells"},
		"control in name": {"discord:100:@300,a\x1b[2Jna@contoso.com\n", 0, "line 1: the second cell"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows, err := linking.Read([]byte(tt.table))
			if len(rows) != tt.rows || (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
				t.Errorf("Read = %+v, %v", rows, err)
			}
		})
	}
}

func TestImportIsAllOrNothing(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		rows, err := linking.Read([]byte("discord:100:@300,ana@contoso.com\ndiscord:100:@301,boss@contoso.com\n"))
		if err != nil {
			t.Fatal(err)
		}
		if err := linking.Import(t.Context(), db, rows, 1, admin, everywhere); err == nil || !strings.Contains(err.Error(), "line 2 links yourself") || linked(t, db, anna) != "" {
			t.Errorf("an admin links themselves: %v", err)
		}
		if err := linking.Import(t.Context(), db, rows[:1], 1, admin, func(string, string) bool { return false }); err == nil || linked(t, db, anna) != "" {
			t.Errorf("a workspace that does not see the tenant: %v", err)
		}
		if err := linking.Import(t.Context(), db, append(rows[:1:1], linking.Row{Person: anna, Name: "x@contoso.com", Line: 7}), 1, admin, everywhere); err == nil || !strings.Contains(err.Error(), "line 7 links who stands in line 1") || linked(t, db, anna) != "" {
			t.Errorf("somebody twice: %v", err)
		}
		if err := linking.Import(t.Context(), db, rows[:1], 1, admin, everywhere); err != nil || linked(t, db, anna) != "ana@contoso.com by table, discord:100:@301" {
			t.Errorf("%v, linked as %q", err, linked(t, db, anna))
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("person,account\ndiscord:100:@300,ana@contoso.com\n"))
	f.Add([]byte("\"a\"\"b\",c\n"))
	f.Fuzz(func(t *testing.T, table []byte) {
		rows, err := linking.Read(table)
		if err != nil && len(rows) > 0 {
			t.Fatalf("%d rows beside %v", len(rows), err)
		}
		for _, r := range rows {
			if r.Person.ID == "" || !strings.Contains(r.Name, "@") {
				t.Fatalf("%+v", r)
			}
		}
	})
}
