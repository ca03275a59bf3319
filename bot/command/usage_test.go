package command_test

import (
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/storage/storagetest"
)

// Where there is no form, help says what one would ask for, and every example it
// shows is answered.
func TestUsageWithoutForms(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	at := chat.Person{Platform: chat.Terminal, Zone: "UTC"}
	for name, tt := range map[string]struct {
		words       string
		says, never []string
	}{
		"a reason":  {"help except", []string{"except CLIENT [--days DAYS] --reason REASON [--owner OWNER]", `--reason "the new scanner`}, []string{"form asks", "except k7f3q2m9x4ab\n"}},
		"an owner":  {"help reassign", []string{"reassign CLIENT OWNER"}, []string{"[OWNER]", "form asks"}},
		"a person":  {"help link add", []string{"link add slack:T0123:@U0456 ana@contoso.com"}, []string{"@ana ana@"}},
		"a mistake": {"except", []string{"--reason REASON"}, []string{"[--reason"}},
		"a form":    {"except k00000000003", []string{"An exception needs a reason.", "--reason REASON"}, []string{"[--reason"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := chat.Plain(h.ask(at, strings.Fields(tt.words)...).Card)
			for _, words := range tt.says {
				if !strings.Contains(got, words) {
					t.Errorf("%q is not said:\n%s", words, got)
				}
			}
			for _, words := range tt.never {
				if strings.Contains(got, words) {
					t.Errorf("%q is said:\n%s", words, got)
				}
			}
		})
	}
}

// The outcome of an answer tells programs what its words tell people.
func TestOutcome(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	for name, tt := range map[string]struct {
		from  chat.Person
		words string
		want  chat.Outcome
	}{
		"a list":                {admin, "clients smtp", chat.Answered},
		"help":                  {admin, "help except", chat.Answered},
		"an empty list":         {admin, "clients pop verified", chat.Answered},
		"something urgent":      {admin, "client k00000000004", chat.Answered},
		"no command":            {admin, "clintes", chat.Misasked},
		"help about none":       {admin, "help clintes", chat.Misasked},
		"a wrong word":          {admin, "clients nonsense", chat.Misasked},
		"nobody":                {admin, "user nobody", chat.Misasked},
		"no client":             {admin, "client k99999999999", chat.Misasked},
		"no steps":              {admin, "steps k99999999999", chat.Misasked},
		"no alerts":             {admin, "alerts remove 99", chat.Misasked},
		"no link":               {admin, "link remove slack:T1:@UX", chat.Misasked},
		"not linked":            {stranger, "me", chat.Misasked},
		"not for them":          {stranger, "clients", chat.Denied},
		"themselves":            {admin, "link add slack:T1:@UADMIN ana@contoso.com --tenant contoso", chat.Denied},
		"settings of a folder":  {admin, "check contoso", chat.Failed},
		"what cannot be undone": {admin, "except k00000000006 --reason late", chat.Failed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if a := h.ask(tt.from, strings.Fields(tt.words)...); a.Outcome != tt.want {
				t.Errorf("%d, want %d:\n%s", a.Outcome, tt.want, chat.Plain(a.Card))
			}
		})
	}
}
