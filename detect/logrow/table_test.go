package logrow

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
)

// TestTableRows reads one sign-in however a table holds it.
func TestTableRows(t *testing.T) {
	t.Parallel()
	want := detect.SignIn{ClientApp: "IMAP4", User: "ada@contoso.com", Country: "DE", Result: detect.Result{Known: true, Code: 50126}}
	columns := KeyColumns([]string{"clientappused", "userprincipalname", "location", "unknown", "resulttype", "resulttype", "properties"})
	portal := PortalColumns([]string{"client app", "username", "location", "latency", "status", "sign-in error code", "status"})
	cells := func(texts ...string) [][]byte {
		out := make([][]byte, len(texts))
		for i, text := range texts {
			out[i] = []byte(text)
		}
		return out
	}
	d := NewDecoder()
	var list, row, download detect.SignIn
	if ok, err := d.List(columns, []byte(`["IMAP4","ada@contoso.com","DE",{"a":[1]},"50126",null,"x"]`), &list); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if !d.Cells(columns, cells("IMAP4", "ada@contoso.com", "DE", "1", "50126", "", "x"), &row) {
		t.Fatal("cells are not a sign-in")
	}
	if !d.Cells(portal, cells("IMAP4", "ada@contoso.com", "Berlin, DE", "", "", "50126", "Failure"), &download) {
		t.Fatal("a download's cells are not a sign-in")
	}
	for how, got := range map[string]detect.SignIn{"list": list, "cells": row} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", how, diff)
		}
	}
	want.City = "Berlin"
	if diff := cmp.Diff(want, download); diff != "" {
		t.Errorf("download (-want +got):\n%s", diff)
	}
	if d.Tally.Rows != 3 || d.Tally.Undated != 3 {
		t.Errorf("tally %+v", d.Tally)
	}
	if diff := cmp.Diff([]int{0, 1, 2, 4, 5}, columns.Used()); diff != "" || columns.Len() != 7 {
		t.Errorf("columns %+v", columns)
	}
}

// TestFaults tells what is wrong with a row, and where.
func TestFaults(t *testing.T) {
	t.Parallel()
	columns := KeyColumns([]string{"clientappused", "userid"})
	d := NewDecoder()
	var s detect.SignIn
	row := func(text string) error { _, err := d.Row([]byte(text), &s); return err }
	list := func(text string) error { _, err := d.List(columns, []byte(text), &s); return err }
	for _, c := range []struct {
		name  string
		got   error
		at    int
		cut   bool
		cause error
	}{
		{"object cut", row(`{"id":"1"`), 9, true, nil},
		{"value missing", row(`{"id":}`), 6, false, nil},
		{"no object", row(`[1]`), 0, false, ErrNotObject},
		{"two objects", row(`{}{}`), 3, false, errMore},
		{"list too short", list(`["x"]`), 0, false, ErrCount},
		{"list too long", list(`["x","y","z"]`), 0, false, ErrCount},
		{"no list", list(`{"x":1}`), 0, false, errNotList},
		{"list cut", list(`["x",`), 5, true, nil},
	} {
		var fault *Fault
		if !errors.As(c.got, &fault) || fault.At != c.at || fault.Cut != c.cut || c.cause != nil && !errors.Is(c.got, c.cause) {
			t.Errorf("%s: got %+v", c.name, c.got)
		}
	}
	if f := Check([]byte(`{"id":"1"}`)); f != nil {
		t.Errorf("a whole row: %v", f)
	}
	if f := Check([]byte("{\"id\":\n}")); f == nil || f.At != 7 {
		t.Errorf("a broken row: %v", f)
	}
}

// TestDecode gives an error for everything that is not a sign-in.
func TestDecode(t *testing.T) {
	t.Parallel()
	d := NewDecoder()
	var s detect.SignIn
	if err := d.Decode([]byte(`{"clientAppUsed":"POP3"}`), &s); err != nil || s.ClientApp != "POP3" {
		t.Errorf("sign-in: %+v, %v", s, err)
	}
	if err := d.Decode([]byte(`{"category":"AuditLogs"}`), &s); !errors.Is(err, ErrNotSignIn) {
		t.Errorf("another log: %v", err)
	}
	var fault *Fault
	if err := d.Decode([]byte(`{`), &s); !errors.As(err, &fault) || !fault.Cut {
		t.Errorf("cut: %v", err)
	}
	if d.Tally.Rows != 1 || d.Tally.Other != 1 || len(d.Tally.Categories) != 1 {
		t.Errorf("tally %+v", d.Tally)
	}
}
