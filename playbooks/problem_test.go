package playbooks_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"legacyauth/playbooks"
)

func TestProblems(t *testing.T) {
	t.Parallel()
	const useSubset = "use paragraphs, simple lists, fenced code, strong, emphasis, code and links"
	tests := map[string]struct {
		file, old, new string // what to change in the good library
		want           string // all problems, one a line
	}{
		"unknown field": {
			"printer.md", "rank: 60", "rnak: 60",
			`printer.md:9: unknown field "rnak"; did you mean rank?`,
		},
		"field twice": {
			"printer.md", "rank: 60", "rank: 60\nrank: 70",
			`printer.md:10: field "rank" stands in line 9 already; keep one of the two`,
		},
		"wrong type": {
			"printer.md", "rank: 60", "rank: high",
			`printer.md:9: a whole number is expected here; write digits only`,
		},
		"text that is a number": {
			"printer.md", "title: Move a printer off SMTP AUTH", "title: 465",
			`printer.md:3: text is expected here; put it in quotes`,
		},
		"list that is none": {
			"printer.md", "protocols: [smtp]", "protocols: smtp",
			`printer.md:6: a list is expected here; write [a, b] or one entry a line after a dash`,
		},
		"alias": {
			"printer.md", "rank: 60", "rank: &r 60",
			`printer.md:9: a whole number is expected here; write digits only`,
		},
		"broken YAML": {
			"printer.md", `versions: ">=2 <10"`, "versions: >=2 <10",
			`printer.md:7: invalid header option: "=2 <10"; correct the YAML; quote text that holds : # > or other marks`,
		},
		"unknown family": {
			"printer.md", "[printer]", "[printers]",
			`printer.md:5: unknown family "printers"; did you mean printer?`,
		},
		"family twice": {
			"printer.md", "[printer]", "[printer, printer]",
			`printer.md:5: family "printer" stands in the list already; keep one of the two`,
		},
		"unknown protocol": {
			"printer.md", "[smtp]", "[smpt]",
			`printer.md:6: unknown protocol "smpt"; did you mean smtp?`,
		},
		"unknown verdict": {
			"printer.md", "[in-use, blocked]", "[alive]",
			"printer.md:8: unknown verdict \"alive\"; use one of leaked, in-use, blocked, broken, spray\n" +
				"printer.md:8: the list of verdicts is empty; name a verdict or leave the field out",
		},
		"unknown audience": {
			"printer.md", "for: admin", "for: admins",
			`printer.md:4: unknown audience "admins"; did you mean admin?`,
		},
		"versions": {
			"printer.md", ">=2 <10", "~2",
			`printer.md:7: versions: "~2" does not begin with >=, >, <=, < or =; write comparisons joined by a space, such as ">=12 <15.6"`,
		},
		"missing fields": {
			"printer.md", "reviewed: 2026-11-22\nreview-by: 2027-05-31\n", "",
			"printer.md:2: field \"reviewed\" is missing; add reviewed:\n" +
				"printer.md:2: field \"review-by\" is missing; add review-by:",
		},
		"date": {
			"printer.md", "reviewed: 2026-11-22", "reviewed: 22 November",
			`printer.md:11: a date is expected here; write it as YYYY-MM-DD`,
		},
		"expired": {
			"printer.md", "review-by: 2027-05-31", "review-by: 2026-11-22",
			`printer.md:12: the review expired on 2026-11-22; check every fact against its source, then set reviewed and review-by`,
		},
		"dates in the wrong order": {
			"printer.md", "reviewed: 2026-11-22", "reviewed: 2027-11-22",
			`printer.md:12: review-by is before reviewed; set a later day`,
		},
		"id and file name": {
			"printer.md", "id: printer", "id: scanner",
			`printer.md:2: id "scanner" is not the file's name "printer"; rename one of the two`,
		},
		"id form": {
			"printer.md", "id: printer", "id: Printer",
			`printer.md:2: id "Printer" is not well formed; use lower-case letters and digits joined by single dashes`,
		},
		"placeholder in the front matter": {
			"printer.md", "title: Move", "title: Move {{device}}",
			`printer.md:3: a placeholder cannot stand here; move it to the sections below`,
		},
		"no front matter": {
			"printer.md", "---\nid: printer", "id: printer",
			`printer.md:1: the file has no front matter; begin the file with --- and its fields`,
		},
		"see nothing": {
			"printer.md", "see: [unknown-client]", "see: [unknown-clinet]",
			`printer.md:20: there is no playbook "unknown-clinet"; did you mean unknown-client?`,
		},
		"no such retirement": {
			"printer.md", "retirement: smtp-basic", "retirement: smtp-basik",
			`printer.md:10: there is no retirement "smtp-basik" in the calendar; did you mean smtp-basic?`,
		},
		"source address": {
			"unknown-client.md", "https://learn.microsoft.com/entra/sign-ins", "http://learn.microsoft.com",
			`unknown-client.md:11: "http://learn.microsoft.com" is not an https address; write the page's https address`,
		},

		"unknown placeholder": {
			"printer.md", "{{contact}}", "{{contract}}",
			`printer.md:42: unknown placeholder {{contract}}; did you mean contact?`,
		},
		"badly formed placeholder": {
			"printer.md", "{{contact}}", "{{ contact }}",
			`printer.md:42: a placeholder is not well formed; write {{name}} with small letters, or \{{ for two braces`,
		},
		"date of nothing": {
			"printer.md", "{{contact}}", "{{date:ews-gon}}",
			`printer.md:42: there is no date "ews-gon" in the calendar; did you mean ews-gone?`,
		},
		"date without an entry": {
			"printer.md", "{{contact}}", "{{date}}",
			`printer.md:42: unknown placeholder {{date}}; did you mean date:ID?`,
		},
		"date with a badly formed entry": {
			"printer.md", "{{contact}}", "{{date:EWS}}",
			`printer.md:42: a placeholder is not well formed; write {{name}} with small letters, or \{{ for two braces`,
		},
		"date in code": {
			"printer.md", "Get-CASMailbox {{user}} |", "Get-CASMailbox {{date:ews-gone}} |",
			`printer.md:38: placeholder {{date:ews-gone}} cannot stand in code; use {{user}} or plain words`,
		},
		"placeholder in code": {
			"printer.md", "Get-CASMailbox {{user}} |", "Get-CASMailbox {{name}} |",
			`printer.md:38: placeholder {{name}} cannot stand in code; use {{user}} or plain words`,
		},
		"placeholder in an address": {
			"printer.md", "(https://docs.example.com/smtp)", "(https://docs.example.com/{{user}})",
			`printer.md:30: a placeholder cannot stand in an address; write the address in full`,
		},
		"second line of a paragraph": {
			"printer.md", "Braces: ", "Braces {{x}}: ",
			`printer.md:30: unknown placeholder {{x}}; ` + oneOfSlots,
		},
		"link to a host of no source": {
			"printer.md", "(https://docs.example.com/smtp)", "(https://example.org/smtp)",
			`printer.md:30: host "example.org" is not among the sources'; add a page of it to the sources or link elsewhere`,
		},
		"link without TLS": {
			"printer.md", "(https://docs.example.com/smtp)", "(http://docs.example.com/smtp)",
			`printer.md:30: "http://docs.example.com/smtp" is not an https address; link to an https page`,
		},
		"bare address": {
			"printer.md", "Then wait.", "Then read https://docs.example.com/smtp now.",
			"printer.md:41: a bare address is not allowed; write [words](https://…), or `code` if it is not to be opened",
		},
		"HTML": {
			"printer.md", "Then wait.", "Then <b>wait.",
			`printer.md:41: HTML is not allowed; ` + useSubset,
		},
		"image": {
			"printer.md", "Then wait.", "Then ![wait](https://docs.example.com/w.png).",
			`printer.md:41: an image is not allowed; ` + useSubset,
		},
		"entity": {
			"printer.md", "Then wait.", "Then wait&nbsp;on.",
			`printer.md:41: a character is written as an HTML entity; write the character itself`,
		},
		"nested list": {
			"printer.md", "Then wait.", "- Then wait.",
			`printer.md:41: a list inside a list is not allowed; ` + useSubset,
		},
		"nested styles": {
			"printer.md", "Then wait.", "Then **wait `here`**.",
			`printer.md:41: styles and links cannot stand inside one another; use one style at a time`,
		},
		"table": {
			"printer.md", "- Mail to user@contoso.com stops.", "| a | b |\n|---|---|\n| c | d |",
			"printer.md:58: a table is not allowed; " + useSubset,
		},
		"reference definition": {
			"printer.md", "Then wait.", "[a]: https://docs.example.com/a",
			`printer.md:41: a reference definition is not allowed; ` + useSubset,
		},
		"file that nobody hands out": {
			"printer.md", "  - name: run.ps1\n    about: shows the switch\n", "",
			`files/run.ps1: no playbook names it; name it under files: or remove it`,
		},
		"code without language": {
			"printer.md", "```powershell\nSet-CASMailbox {{user}} -SmtpClientAuthenticationDisabled $true", "```\nSet-CASMailbox {{user}}",
			"printer.md:46: code has no language; write the language after the fence, such as ```powershell",
		},
		"unknown heading": {
			"printer.md", "## Cautions", "## Warnings",
			`printer.md:56: heading "Warnings" is not one of a playbook's; use a level-2 heading: Why now, Steps, Commands, Rollback, Cautions, How to tell that it worked`,
		},
		"heading level": {
			"printer.md", "## Cautions", "### Cautions",
			`printer.md:56: heading "Cautions" is not one of a playbook's; use a level-2 heading: Why now, Steps, Commands, Rollback, Cautions, How to tell that it worked`,
		},
		"missing verification": {
			"unknown-client.md", "\n## How to tell that it worked\n\nNothing signs in.\n", "",
			`unknown-client.md:13: section "How to tell that it worked" is missing; add ## How to tell that it worked`,
		},
		"commands without rollback": {
			"printer.md", "## Rollback\n", "",
			`printer.md:44: section "Rollback" is missing; add ## Rollback with how to undo the commands`,
		},
		"too few steps": {
			"unknown-client.md", "3. Ask {{contact}}.\n", "",
			`unknown-client.md:19: there are 2 steps; write three to six`,
		},
		"steps without numbers": {
			"unknown-client.md", "1. Look at {{network}}.\n2. Look at {{app}}.\n3. Ask", "- Ask",
			`unknown-client.md:19: section "Steps" is not one numbered list; write one numbered list; indent what belongs to a step under its text`,
		},
		"text before the first heading": {
			"unknown-client.md", "## Why now\n", "Hello\n\n## Why now\n",
			`unknown-client.md:15: text stands before the first heading; move it under ## Why now`,
		},
		"sections out of order": {
			"unknown-client.md", "## Why now\n", "## How to tell that it worked\n\nSo.\n\n## Why now\n",
			"unknown-client.md:19: section \"Why now\" comes too late; put the sections in the order of the format\n" +
				"unknown-client.md:23: section \"Steps\" comes too late; put the sections in the order of the format\n" +
				"unknown-client.md:29: section \"How to tell that it worked\" stands in line 15 already; join the two",
		},
		"hidden character": {
			"unknown-client.md", "Look at {{app}}", "Look\u202e at {{app}}",
			`unknown-client.md:22: a character that cannot be seen, U+202E; remove it`,
		},
		"not UTF-8": {
			"unknown-client.md", "Look at {{app}}", "Look\xff at {{app}}",
			`unknown-client.md:22: byte 0xff is not UTF-8; save the file as UTF-8`,
		},

		"calendar field": {
			"calendar.yaml", "families: [printer]", "family: [printer]",
			`calendar.yaml:10: unknown field "family"; use one of checked, date, families, id, in, protocols, source, what, words`,
		},
		"calendar id twice": {
			"calendar.yaml", "id: ews-gone", "id: ews-off",
			`calendar.yaml:21: id "ews-off" stands in the calendar already; rename one of the two`,
		},
		"registry file with a placeholder": {
			"files/values.reg", "Contoso", "{{user}}",
			`files/values.reg:3: a placeholder cannot stand in a registry file; leave it out`,
		},
		"registry file that is none": {
			"files/values.reg", "Windows", "Linux",
			`files/values.reg:1: it is not a registry file; begin it with Windows Registry Editor Version 5.00`,
		},
		"broken XML": {
			"files/account.mobileconfig", "</string>", "",
			`files/account.mobileconfig:2: XML syntax error on line 2: element <string> closed by </dict>; correct the XML`,
		},
		"other placeholder in a file": {
			"files/run.ps1", "{{user}}", "{{device}}",
			`files/run.ps1:1: placeholder {{device}} cannot stand in code; use {{user}} or plain words`,
		},
		"file that is not there": {
			"printer.md", "name: values.reg", "name: value.reg",
			"printer.md:16: file value.reg cannot be read: open files/value.reg: file does not exist; add it under files/",
		},
		"file outside": {
			"printer.md", "name: values.reg", "name: ../values.reg",
			"printer.md:16: \"../values.reg\" is not a plain file name; use letters, digits and . _ -",
		},
		"file of another kind": {
			"printer.md", "name: values.reg", "name: values.exe",
			"printer.md:16: values.exe is of a kind that cannot be filled safely; use .reg, .xml, .mobileconfig, .json, .ps1 or .txt",
		},
		"no playbook for every client": {
			"unknown-client.md", "verdicts: [leaked, in-use, blocked, broken, spray]", "verdicts: [leaked, in-use, blocked, broken]",
			`the library: no playbook is for every client of the verdict spray; add one without families, protocols and versions`,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := source(t)
			good := string(files[tt.file].Data)
			if tt.old != tt.new && !strings.Contains(good, tt.old) {
				t.Fatalf("%s does not hold %q", tt.file, tt.old)
			}
			files[tt.file] = &fstest.MapFile{Data: []byte(strings.Replace(good, tt.old, tt.new, 1))}
			_, err := playbooks.Load(files, today)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

const oneOfSlots = "use one of user, name, device, model, os, version, protocol, app, first, last, network, country, signins, retires, days, contact, date:ID" // the name of a placeholder

func TestProblemsOfAllFilesComeAtOnce(t *testing.T) {
	t.Parallel()
	files := source(t)
	for _, name := range []string{"printer.md", "unknown-client.md"} {
		broken := strings.NewReplacer("for: ", "vor: ", "{{contact}}", "{{kontact}}").Replace(string(files[name].Data))
		files[name] = &fstest.MapFile{Data: []byte(broken)}
	}
	_, err := playbooks.Load(files, today)
	var p *playbooks.Problem
	if !errors.As(err, &p) || p.File != "printer.md" || p.Line != 2 {
		t.Errorf("the first problem is %+v", p)
	}
	if n := len(strings.Split(err.Error(), "\n")); n != 6 {
		t.Errorf("%d problems, want 6:\n%v", n, err)
	}
}
