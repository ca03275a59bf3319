package people_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/campaign"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

var anAdmin = migration.Who{Kind: "admin", ID: "slack:T1:@UADMIN"}

func TestTwoPressesAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		priya := w.tellPriya()
		done, notMine := w.button(priya, "done"), w.button(priya, "notmine")
		var group sync.WaitGroup
		for _, id := range []string{done, done, notMine, notMine} {
			group.Go(func() { w.press(priya, id) })
		}
		group.Wait()
		w.turn()
		c := w.client("k7")
		claimed := c.State == migration.ClaimedDone && c.Owner == ""
		disowned := c.State == migration.Open && c.Owner == "admins"
		if !claimed && !disowned {
			t.Errorf("state %s, owner %q: neither press counts alone", c.State, c.Owner)
		}
		alerts := len(w.channel.In(admins.String()))
		if want := map[bool]int{claimed: 0, disowned: 1}[true]; alerts != want {
			t.Errorf("%d alerts to the admins, want %d", alerts, want)
		}
		w.read(func(tx *storage.Tx) error {
			history, err := tx.History(c.ID)
			if len(history) != 2 { // told, and the press that came first
				t.Errorf("history: %+v", history)
			}
			return err
		})
	})
}

// except is what an admin does in chat, for so many days.
func (w *world) except(key string, days int) {
	w.t.Helper()
	until := w.Now().AddDate(0, 0, days)
	w.write(func(tx *storage.Tx) error {
		c, _, err := tx.ClientByKey(w.tenant, key)
		if err != nil {
			return err
		}
		change, err := migration.Except(c.State, w.Now(), until, anAdmin, "An admin made an exception.")
		if err != nil {
			return err
		}
		e := storage.Exception{Client: c.ID, Until: until, Reason: "replaced in January", Owner: "slack:T1:@UADMIN", By: anAdmin.String()}
		if err := tx.SaveException(&e); err != nil {
			return err
		}
		return tx.Move(&c, change)
	})
}

func TestAnAdminAndThePersonDisagree(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		priya := w.tellPriya()
		done := w.button(priya, "done")
		w.except("k7", 30)
		if answer := w.press(priya, done); title(answer) != "How it stands now" || !strings.Contains(chat.Plain(answer.Card), "left alone until December 23, 2026") {
			t.Errorf("the person's press: %s", chat.Plain(answer.Card))
		}
		w.wantState("k7", migration.Excepted)
	})
}

// The other way round: the person has said that it is done when an admin gives
// the client to somebody else.
func TestAnAdminReassignsWhatIsClaimed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		priya, ben := w.tellPriya(), w.known("ben", "de-DE", "Europe/Berlin")
		w.press(priya, w.button(priya, "done"))
		w.turn()
		help := w.button(priya, "needhelp")
		w.change("k7", func(c *storage.Client) { c.Owner = "ben@contoso.com" })
		w.notify("ben")
		if n := len(w.inbox(ben)); n != 0 {
			t.Errorf("the owner has %d messages about what is being verified", n)
		}
		if answer := w.press(priya, help); strings.Contains(chat.Plain(answer.Card), "Help is on the way") {
			t.Errorf("the person's old button still works: %s", chat.Plain(answer.Card))
		}
		w.wantState("k7", migration.ClaimedDone)
		w.move("k7", migration.SignedInAgain)
		w.turn()
		if all := w.inbox(ben); len(all) != 1 || !strings.Contains(all[0].Text, "iPhone 11") {
			t.Errorf("the owner's messages, when the claim did not hold: %+v", all)
		}
		if text := w.inbox(priya)[0].Text; strings.Contains(text, "Steps for") {
			t.Errorf("the person is still told what to do:\n%s", text)
		}
	})
}

func TestAMessageDeletedByHandComesAnew(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		priya := w.tellPriya()
		done := w.button(priya, "done")
		w.channel.Forget(w.inbox(priya)[0].Ref)
		w.press(priya, done)
		w.turn()
		all := w.inbox(priya)
		if len(all) != 1 || !strings.Contains(all[0].Text, "I am checking") {
			t.Errorf("messages: %+v", all)
		}
		w.move("k7", migration.WentSilent)
		w.turn()
		if all := w.inbox(priya); len(all) != 1 || !strings.Contains(all[0].Text, "moved, confirmed") {
			t.Errorf("the new message is not the one that is edited: %+v", all)
		}
	})
}

// campaign starts a campaign of everybody.
func (w *world) campaign(name string, body campaign.Body) {
	w.t.Helper()
	plan, _, err := w.people.PlanCampaign(w.t.Context(), w.tenant, name, body, anAdmin)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.people.StartCampaign(w.t.Context(), w.tenant, name, plan.Told(), anAdmin); err != nil {
		w.t.Fatal(err)
	}
}

// TestTheBotRestartsInMidCampaign has a new process take over at each step of a
// campaign: between the turn and the delivery, in the middle of a wave, beside an
// old one that is still at work. Each person has one message in the end.
func TestTheBotRestartsInMidCampaign(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		const folk = 7
		var persons []chat.Person
		for n := range folk {
			name := fmt.Sprintf("p%d", n)
			persons = append(persons, w.known(name, "en", "Europe/Lisbon"))
			w.save(phone(fmt.Sprintf("k%d", n), name))
		}
		w.campaign("all", campaign.Body{Manner: campaign.Manner{Wave: 3, Pilot: []string{"p0@contoso.com"}, PilotDays: 1}})
		for d := range 5 {
			w.set(monday.Add(time.Duration(d) * day))
			old := w.people
			if err := old.Turn(t.Context()); err != nil { // its messages are posted and not sent
				t.Fatal(err)
			}
			w.restart()
			var group sync.WaitGroup
			group.Go(func() {
				if err := old.Turn(t.Context()); err != nil {
					t.Error(err)
				}
			})
			if err := w.people.Turn(t.Context()); err != nil {
				t.Fatal(err)
			}
			group.Wait()
			w.deliver()
			w.restart()
			w.turn()
			want := min([]int{1, 4, 7, 7, 7}[d], folk)
			have := 0
			for _, p := range persons {
				have += len(roots(w.inbox(p)))
			}
			if have != want {
				t.Errorf("day %d: %d people have a message, want %d", d, have, want)
			}
		}
		if n := w.channel.Repeats(); n != 0 {
			t.Errorf("%d messages were told twice", n)
		}
		for n := range folk {
			w.wantState(fmt.Sprintf("k%d", n), migration.Told)
		}
	})
}
