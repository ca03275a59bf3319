package command_test

import (
	"strings"
	"testing"

	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// A place that is asked for everything hears everything, said in words, and asked
// for twice it hears it once.
func TestAlertsHere(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	for _, want := range []string{"This place hears what is news", "This place hears that already"} {
		text := shownText(h.ask(admin, "alerts", "here"))
		if !strings.Contains(text, want) || !strings.Contains(text, "Hears: every alert\n") {
			t.Errorf("want %q, and it is\n%s", want, text)
		}
	}
	if text := shownText(h.ask(admin, "alerts", "list")); strings.Count(text, "Every alert. Since ") != 1 {
		t.Errorf("the list is\n%s", text)
	}
	if all := h.subscriptions(); len(all) != 1 || all[0].Zone != admin.Zone {
		t.Errorf("stored is %+v", all)
	}
}

func (h *hall) subscriptions() (all []storage.Subscription) {
	h.Helper()
	h.read(func(tx *storage.Tx) (err error) {
		all, err = tx.Subscriptions()
		return err
	})
	return all
}

// A form says beside each field what is wrong with it, then stores what a place is
// to hear, and changes that later.
func TestAlertsChoose(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	form := h.press(admin, "alerts:choose:0").Form
	wrong := h.submit(admin, form, map[string]string{"when": "digest", "only": "in-us", "protocol": "smpt", "quiet": "at night", "zone": "Europa/Berlin"}).Wrong
	for field, want := range map[string]string{"only": "did you mean in-use?", "protocol": "did you mean smtp?", "quiet": "write it as 20:00-07:00", "zone": "did you mean Europe/Berlin?"} {
		if !strings.Contains(wrong[field], want) || strings.Contains(wrong[field], "--"+field) {
			t.Errorf("beside %s stands %q, want %q", field, wrong[field], want)
		}
	}
	if all := h.subscriptions(); len(wrong) != 4 || len(all) != 0 {
		t.Fatalf("wrong are %v, and stored is %+v", wrong, all)
	}
	a := h.submit(admin, form, map[string]string{"when": "both", "only": "in-use, relapsed", "quiet": "20:00-07:00"})
	if text := shownText(a); !strings.Contains(text, "Hears: alerts of in-use or relapsed, and the digest of each Monday, 08:00 (Europe/Berlin); from 20:00 to 07:00 (Europe/Berlin) only what is urgent") {
		t.Errorf("the form is answered with\n%s", text)
	}
	change := a.Card.Actions[0]
	form = h.press(second, change.ID).Form
	values := map[string]string{}
	for _, f := range form.Fields {
		values[f.Name] = f.Value
	}
	if values["only"] != "in-use,relapsed" || values["when"] != "both" || values["quiet"] != "20:00-07:00" || values["zone"] != "Europe/Berlin" {
		t.Errorf("the form of what stands holds %v", values)
	}
	values["when"], values["only"] = "alert", ""
	h.submit(second, form, values)
	if all := h.subscriptions(); len(all) != 1 || all[0].Mode != "alert" || len(all[0].Filter.Only) != 0 || all[0].Place != channel || !strings.Contains(all[0].By, second.ID) {
		t.Errorf("stored is %+v", all)
	}
	if text := shownText(h.ask(bound, "alerts", "choose", "1")); !strings.Contains(text, "There are no alerts of number 1") {
		t.Errorf("another workspace's are changed:\n%s", text)
	}
	if a := h.ask(carl, "alerts", "choose"); a.Form != nil {
		t.Error("somebody without a role gets the form")
	}
}
