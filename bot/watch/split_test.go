package watch_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"legacyauth/bot/scan"
	"legacyauth/bot/watch"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// portions is a source that gives one portion of a log in each pass, whatever
// window is asked for.
type portions struct {
	left [][]detect.SignIn
}

func (*portions) Name() string { return "portions" }

func (p *portions) Open(context.Context, watch.Ask) (scan.Source, error) {
	next := p.left[0]
	p.left = p.left[1:]
	return portion(next), nil
}

type portion []detect.SignIn

func (p portion) SignIns(_ context.Context, sink func([]detect.SignIn) error) ([]detect.Part, error) {
	part := detect.Part{Name: "contoso", Interactive: true, NonInteractive: true, Read: detect.Window{From: noon.Add(-30 * day), To: noon}}
	return []detect.Part{part}, sink(append([]detect.SignIn(nil), p...))
}

// someLog is a month of a small tenant: people with phones and forgotten
// passwords, printers, guessers, people who have moved.
func someLog(random *rand.Rand, rows int) []detect.SignIn {
	agents := []string{
		"Apple-iPhone12C1/1907.71", "Apple-iPad7C5/1606.74", "BAV2ROPC", "CBAInPROD", "",
		"Android-Mail/2024.10.20", "Microsoft Office/16.0 (Microsoft Outlook Mail 16.0.17928; Pro)",
	}
	apps := []string{"Exchange ActiveSync", "IMAP4", "Authenticated SMTP", "Exchange Web Services", "Browser", "Mobile Apps and Desktop clients", "Something new"}
	codes := []int{0, 0, 0, 50126, 50126, 50053, 53003, 50057, 50055, 65001, 700016}
	pick := func(list []string) string { return list[random.IntN(len(list))] }
	log := make([]detect.SignIn, rows)
	for i := range log {
		account := random.IntN(14)
		s := imap(noon.Add(-time.Duration(random.IntN(28*24*60*60)) * time.Second))
		s.User, s.UserID = fmt.Sprintf("user%d@contoso.com", account), fmt.Sprintf("id-%d", account)
		switch random.IntN(12) {
		case 0:
			s.User = ""
		case 1:
			s.UserID = ""
		}
		s.ClientApp, s.Agent, s.IP = pick(apps), pick(agents), fmt.Sprintf("192.0.2.%d", random.IntN(6))
		s.Country, s.City = pick([]string{"PT", "PT", "ES", ""}), pick([]string{"Lisboa", "Almada", "Unknown", ""})
		s.Result.Code = codes[random.IntN(len(codes))]
		if random.IntN(5) == 0 {
			s.DeviceID = fmt.Sprintf("device-%d", random.IntN(3))
		}
		if random.IntN(6) == 0 {
			s.Event = detect.Interactive
		}
		if random.IntN(40) == 0 {
			s.HomeTenant, s.UserType = "another", "guest"
		}
		log[i] = s
	}
	return log
}

// split deals a log out to passes, with repeats.
func split(random *rand.Rand, log []detect.SignIn, passes int) [][]detect.SignIn {
	dealt := make([][]detect.SignIn, passes)
	for _, row := range log {
		n := random.IntN(passes)
		dealt[n] = append(dealt[n], row)
		for random.IntN(5) == 0 {
			again := n + random.IntN(passes-n)
			dealt[again] = append(dealt[again], row)
		}
	}
	return dealt
}

func TestAnySplitOfALogGivesWhatOneScanGives(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 4))
			log := someLog(random, 40+random.IntN(250))
			fold := detect.NewFold(detect.Window{})
			if err := fold.AddAll(log); err != nil {
				t.Fatal(err)
			}
			want := map[string]detect.Client{}
			for _, c := range fold.Clients() {
				want[c.Key] = c
			}

			s := newScene(t, storagetest.File(t))
			passes := 1 + random.IntN(7)
			s.watcher.Tenants[0].Source = &portions{left: split(random, log, passes)}
			for n := range passes {
				s.passAt(noon.Add(time.Duration(n) * time.Minute))
			}
			got := map[string]detect.Client{}
			for _, c := range s.clients() {
				_, still := want[c.Key]
				if !still && c.State == migration.Closed {
					continue // it goes on under another key
				}
				s.reading(func(tx *storage.Tx) (err error) {
					c.ByDay, err = tx.Days(c.ID)
					c.ByDay = slices.DeleteFunc(c.ByDay, func(d detect.Day) bool { return d.Count == 0 })
					return err
				})
				got[c.Key] = c.Client
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%d passes: -one scan +stored:\n%s", passes, diff)
			}
		})
	}
}
