package command_test

import (
	"strings"
	"testing"

	"legacyauth/playbooks/card"
	"legacyauth/storage/storagetest"
)

// slowCommit makes commits of deliveries outlast what a request waits for, and go
// through although it has given up.
const slowCommit = `
CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_sleep(2);
	RETURN NULL;
EXCEPTION WHEN query_canceled THEN
	RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON deliveries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow()`

// A claim that was committed after all is no repeat: what was asked is done.
func TestACommitThatOutlastsTheRequest(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.Schema(t))
	h.fill()
	if _, err := h.db.Pool().ExecContext(t.Context(), slowCommit); err != nil {
		t.Fatal(err)
	}
	r := h.request(admin)
	r.Words = []string{"alerts", "here"}
	first, err := h.router.Handle(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if first.Later == nil {
		t.Fatalf("the commit did not outlast the request: %q", shownText(first))
	}
	later, err := first.Later(t.Context(), func(card.Card) {})
	if err != nil || later.IsZero() {
		t.Errorf("answered with %q, %v", shownText(later), err)
	}
	if list := shownText(h.ask(admin, "alerts")); strings.Count(list, "slack:T1:C1") != 1 {
		t.Errorf("it was not done:\n%s", list)
	}
	if again, err := h.router.Handle(t.Context(), r); err != nil || !again.IsZero() {
		t.Errorf("delivered again, it is answered with %q, %v", shownText(again), err)
	}
}
