package playbooks_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/detect"
	"legacyauth/playbooks"
)

// Every playbook with commands for PowerShell gives them as a script that does
// nothing as a whole, holds each of them, and says the rest in remarks.
func TestScripts(t *testing.T) {
	t.Parallel()
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	hostile := &detect.Client{User: detect.User{Name: "eve\n'; Remove-Mailbox ana #@contoso.com"}}
	scripts := 0
	for _, p := range library.All() {
		facts := playbooks.Facts{Today: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Client: hostile}
		file, ok := p.Script(facts)
		if !ok {
			continue
		}
		scripts++
		text, marked := strings.CutPrefix(string(file.Data()), "\ufeff")
		if !marked || file.Name != p.ID+".ps1" || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") {
			t.Errorf("%s is named %s, or is no file of Windows", p.ID, file.Name)
		}
		head, rest, _ := strings.Cut(text, "\r\nreturn\r\n")
		for line := range strings.SplitSeq(head, "\r\n") {
			if !strings.HasPrefix(line, "# ") {
				t.Errorf("%s does %q before it ends itself", p.ID, line)
			}
		}
		for line := range strings.SplitSeq(rest, "\r\n") {
			if strings.Contains(line, "Remove-Mailbox ana") && !strings.HasPrefix(line, "# ") {
				t.Errorf("%s lets an account's name do something: %q", p.ID, line)
			}
		}
		if p.ID == "smtp-choices" && (!strings.Contains(rest, "\r\n# Read what the tenant allows today.\r\nConnect-ExchangeOnline\r\n") || !strings.Contains(rest, "\r\n# == Rollback ==\r\n")) {
			t.Errorf("%s gives\n%s", p.ID, rest)
		}
	}
	if scripts < 20 {
		t.Errorf("%d playbooks give a script, want most of those with commands", scripts)
	}
	if p, _ := library.ByID("iphone-mail"); p != nil {
		if file, ok := p.Script(playbooks.Facts{}); ok {
			t.Errorf("steps for a person give a script:\n%s", file.Data())
		}
	}
}
