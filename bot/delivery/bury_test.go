package delivery_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/storage"
)

// A message that can never arrive is reported, turns health red, and holds up
// nothing.
func TestRefusedMessageIsBuriedAndReported(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.channel.Next(chattest.Refuse(http.StatusBadRequest))
	w.postMany(t, "alerts", 2)
	w.settle(t)
	sameKeys(t, "arrived", w.arrived("alerts"), []string{"alerts-2"})
	if m := w.stored(t, "alerts-1"); m.State != storage.MessageBuried || m.Error != "refused" {
		t.Errorf("the message is %s for %q", m.State, m.Error)
	}
	reports := w.channel.In(place("admins").String())
	if len(reports) != 1 || !strings.Contains(reports[0].Text, "channel:w:alerts") || strings.Contains(reports[0].Text, "alert alerts-1") ||
		!strings.Contains(reports[0].Text, "Next: what else waits or was given up: /legacyauth status") {
		t.Errorf("the admins see %+v", reports)
	}
	if h := w.health(t); h.Buried != 1 {
		t.Errorf("health = %+v", h)
	}
	w.advance(8 * 24 * time.Hour)
	if h := w.health(t); h.Buried != 0 {
		t.Errorf("health eight days later = %+v", h)
	}
}

// The admins' place, which many read, does not hear whose direct message failed.
func TestReportOfADirectMessageNamesNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.channel.Next(chattest.Refuse(http.StatusBadRequest))
	m := message("alerts", "direct-1")
	m.Place = chat.Place{Platform: platform, Workspace: "w", Person: "UCANARY"}
	w.post(t, m)
	w.settle(t)
	reports := w.channel.In(place("admins").String())
	if len(reports) != 1 || !strings.Contains(reports[0].Text, "a direct message on "+platform) || strings.Contains(reports[0].Text, "CANARY") ||
		!strings.Contains(reports[0].Text, "who it is, with a mail to send instead: /legacyauth unreachable") || !strings.Contains(reports[0].Text, "/legacyauth link list") {
		t.Errorf("the admins see %+v", reports)
	}
}

// When the fallback place refuses as well, there is no report about a report.
func TestRefusedReport(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.channel.Usually(chattest.Refuse(http.StatusBadRequest))
	w.postMany(t, "alerts", 3)
	w.settle(t)
	if h := w.health(t); h.Buried != 6 || h.Waiting != 0 {
		t.Errorf("health = %+v", h)
	}
}

// A place that keeps failing is reported after a while, and given up after
// three days.
func TestPlaceThatNeverAnswers(t *testing.T) {
	t.Parallel()
	fallback := chattest.NewChannel(t)
	admins := chat.Place{Platform: "other", Workspace: "w", Channel: "admins"}
	w := newWorld(t, func(w *world) {
		w.options.Senders["other"] = fallback.Sender()
		w.options.Fallback = admins
	})
	w.channel.Usually(chattest.Broken)
	start := w.Now()
	w.postMany(t, "alerts", 1)
	w.settleUntil(t, start.Add(2*time.Hour))
	if got := fallback.In(admins.String()); len(got) != 1 || got[0].Title != "Warning: A place takes no messages." && !strings.Contains(got[0].Title, "A place takes no messages") {
		t.Errorf("after two hours the admins see %+v", got)
	}
	w.settleUntil(t, start.Add(71*time.Hour))
	if m := w.stored(t, "alerts-1"); m.State == storage.MessageBuried {
		t.Error("the message was given up before three days had passed")
	}
	w.settle(t)
	if m := w.stored(t, "alerts-1"); m.State != storage.MessageBuried || m.Error != "gave-up" {
		t.Errorf("the message is %s for %q", m.State, m.Error)
	}
	// One warning on each of the days, and the end.
	if got := fallback.In(admins.String()); len(got) < 4 || len(got) > 5 {
		t.Errorf("the admins got %d messages", len(got))
	}
}

type buggy struct{}

func (buggy) Send(context.Context, chat.Message) (chat.Ref, error) { panic("bug") }

func TestAdapterThatPanics(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) { w.options.Senders["buggy"] = buggy{} })
	m := message("x", "a")
	m.Place.Platform = "buggy"
	w.post(t, m)
	w.settle(t)
	if m := w.stored(t, "a"); m.State != storage.MessageBuried {
		t.Errorf("the message is %s", m.State)
	}
	if got := w.arrived("admins"); len(got) != 1 {
		t.Errorf("the admins got %q", got)
	}
}

// A platform taken out of the configuration keeps its messages for when it is
// back.
func TestPlatformThatIsNotConfigured(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	sender := w.options.Senders[platform]
	w.options.Senders = map[string]chat.Sender{}
	w.restart()
	want := w.postMany(t, "alerts", 2)
	w.settleUntil(t, w.Now().Add(time.Hour))
	if h := w.health(t); h.Waiting != 2 || h.Places[0].Why != "no-platform" {
		t.Errorf("health = %+v", h)
	}
	w.options.Senders = map[string]chat.Sender{platform: sender}
	w.restart()
	w.settle(t)
	sameKeys(t, "arrived", w.arrived("alerts"), want)
}

// What is no longer worth sending is not sent, and that is on record.
func TestExpiredMessageIsRecorded(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	m := message("alerts", "soon-stale")
	m.Expires = w.Now().Add(time.Minute)
	w.channel.Next(chattest.TooMany(5 * time.Minute))
	w.post(t, m, message("alerts", "lasting"))
	w.settle(t)
	sameKeys(t, "arrived", w.arrived("alerts"), []string{"lasting"})
	if m := w.stored(t, "soon-stale"); m.State != storage.MessageExpired {
		t.Errorf("the message is %s", m.State)
	}
	err := w.db.Read(t.Context(), func(tx *storage.Tx) error {
		entries, err := tx.AuditEntries(time.Time{}, 10)
		if len(entries) != 1 || entries[0].What != "message expired" || entries[0].Subject != "soon-stale" {
			t.Errorf("the audit trail holds %+v", entries)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
