package migration

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
)

// row is a legacy sign-in of Ana's iPhone, days ago.
func row(days float64, changes ...func(*detect.SignIn)) detect.SignIn {
	s := detect.SignIn{
		Tenant: "t1", Time: ago(days), UserID: "u-ana", User: "ana@contoso.com",
		ClientApp: "Exchange ActiveSync", Agent: "Apple-iPhone12C1/1907.71", IP: "192.0.2.1",
		Result: detect.Result{Known: true},
	}
	for _, change := range changes {
		change(&s)
	}
	return s
}

func TestHeirs(t *testing.T) {
	t.Parallel()
	device := func(id string) func(*detect.SignIn) { return func(s *detect.SignIn) { s.DeviceID = id } }
	noID := func(s *detect.SignIn) { s.UserID = "" }
	imap := func(ip string) func(*detect.SignIn) {
		return func(s *detect.SignIn) { s.ClientApp, s.Agent, s.IP = "IMAP4", "BAV2ROPC", ip }
	}
	ews := func(s *detect.SignIn) { s.ClientApp = "Exchange Web Services" }
	ben := func(s *detect.SignIn) { s.UserID, s.User = "u-ben", "ben@contoso.com" }
	cases := []struct {
		name          string
		before, after []detect.SignIn
		heirs         []int // how many heirs each client that has some has
	}{
		{"nothing new", []detect.SignIn{row(9)}, []detect.SignIn{row(2)}, nil},
		{"a second registered device", []detect.SignIn{row(9, device("d1"))}, []detect.SignIn{row(1, device("d2"))}, []int{2}},
		{"rows without a registered device stay", []detect.SignIn{row(9), row(8, device("d1"))}, []detect.SignIn{row(1, device("d2"))}, nil},
		{"a directory id", []detect.SignIn{row(9, noID)}, []detect.SignIn{row(1)}, []int{1}},
		{"a directory id of an unnamed device", []detect.SignIn{row(9, noID, imap("192.0.2.1")), row(9, noID, imap("192.0.2.2"))}, []detect.SignIn{row(1)}, []int{1, 1}},
		{"a directory id of two protocols", []detect.SignIn{row(9, noID), row(9, noID, imap("192.0.2.1"))}, []detect.SignIn{row(1, ben), row(1)}, []int{1, 1}},
		{"a directory id, and the same device by another protocol", []detect.SignIn{row(9, noID)}, []detect.SignIn{row(1), row(1, ews)}, []int{1}},
		{"two devices become one again", []detect.SignIn{row(40, device("d1")), row(9, device("d2"))}, []detect.SignIn{row(1)}, []int{1}},
	}
	from := ago(30)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var stored []Known
			for _, client := range clients(detect.Window{}, c.before) {
				stored = append(stored, Known{client})
			}
			w := detect.Window{From: from, To: now}
			current := clients(w, append(c.before, c.after...))
			keys := map[string]detect.Client{}
			for _, client := range current {
				keys[client.Key] = client
			}
			var counts []int
			for key, heirs := range Heirs(stored, current, w) {
				counts = append(counts, len(heirs))
				if _, still := keys[key]; still {
					t.Errorf("%s has heirs and is still there", key)
				}
				for _, heir := range heirs {
					if _, ok := keys[heir]; !ok {
						t.Errorf("heir %s is no client", heir)
					}
				}
			}
			if diff := cmp.Diff(c.heirs, counts); diff != "" {
				t.Errorf("heirs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhoLeftTheWindowHasNoHeirs(t *testing.T) {
	t.Parallel()
	w := detect.Window{From: ago(30), To: now}
	old := clients(detect.Window{}, []detect.SignIn{row(40, func(s *detect.SignIn) { s.UserID = "" })})
	if heirs := Heirs([]Known{{old[0]}}, clients(w, []detect.SignIn{row(1)}), w); len(heirs) > 0 {
		t.Errorf("got %v", heirs)
	}
}

func clients(w detect.Window, rows []detect.SignIn) []detect.Client {
	f := detect.NewFold(w)
	_ = f.AddAll(rows)
	return f.Clients()
}

func TestRefuted(t *testing.T) {
	t.Parallel()
	for since, want := range map[time.Duration]bool{-time.Hour: false, time.Hour: false, ClaimGrace: false, ClaimGrace + 1: true} {
		if Refuted(now, now.Add(since)) != want {
			t.Errorf("a sign-in %v after the claim refutes it: %t", since, !want)
		}
	}
}
