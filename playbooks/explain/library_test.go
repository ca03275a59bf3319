package explain

import (
	"strings"
	"testing"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

func TestTablesCoverEveryFamilyAndProtocol(t *testing.T) {
	t.Parallel()
	l, err := tables()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range useragent.Families() {
		if len(l.agents[f]) == 0 {
			t.Errorf("family %s has no entry", f)
		}
	}
	for _, p := range append(detect.Protocols(), detect.Modern) {
		if p != detect.Unknown && l.protocol[p] == nil {
			t.Errorf("protocol %s has no entry", p)
		}
	}
}

// The codes that the facts behind the verdicts name.
func TestTablesExplainEveryCodeOfTheVerdicts(t *testing.T) {
	t.Parallel()
	for _, code := range strings.Fields(`0 50126 50034 50053 50055 50056 50064 50057 50072 50074 50076 50079
		50097 50105 50129 50155 50158 50173 53000 53001 53002 53003 53004 530032 530031 530034 530035
		65001 7000112 700016 70043 90072`) {
		if _, err := Text(code); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestPlaybooks(t *testing.T) {
	t.Parallel()
	ids, err := Playbooks()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(ids, " "); !strings.Contains(got, "printer-smtp") || !strings.Contains(got, "ews-app") {
		t.Errorf("playbooks are %q, want printer-smtp and ews-app among them", got)
	}
	for i, id := range ids {
		if i > 0 && ids[i-1] >= id {
			t.Errorf("%q stands after %q", id, ids[i-1])
		}
	}
}

func TestBrokenTables(t *testing.T) {
	t.Parallel()
	const sources = "sources:\n  - id: s\n    title: S\n    url: https://learn.microsoft.com/s\n    checked: 2026-11-23\nentries:\n"
	const body = "  - id: a\n    title: T\n    meaning: M\n    do: [D]\n    sources: [s]\n"
	smtp := "kind: smtp-error\n" + sources
	for _, c := range []struct{ name, text, says string }{
		{"whole", smtp + body + "    match: [x]\n", ""},
		{"not YAML", "kind: [", "x.yaml: "},
		{"unknown key of the file", "color: red\n" + smtp + body, "color"},
		{"unknown key of an entry", smtp + body + "    match: [x]\n    color: red\n", `x.yaml:8: `},
		{"unknown kind", "kind: fax-error\n" + sources + body, `x.yaml:8: a: kind "fax-error"`},
		{"no code and no phrase", smtp + body, "x.yaml:8: a: want a code or phrases"},
		{"code that is none", smtp + body + "    code: abc\n", `x.yaml:8: a: code "abc"`},
		{"upper case in a phrase", smtp + body + "    match: [X]\n", `phrase "X"`},
		{"mark that is open", smtp + strings.Replace(body, "[D]", "['`D']", 1) + "    match: [x]\n", "not closed"},
		{"full stop in the title", smtp + strings.Replace(body, "T", "T.", 1) + "    match: [x]\n", "full stop"},
		{"no step", smtp + strings.Replace(body, "[D]", "[]", 1) + "    match: [x]\n", "want meaning, do and sources"},
		{"unknown source", smtp + strings.Replace(body, "[s]", "[s, z]", 1) + "    match: [x]\n", `x.yaml:8: a: source "z"`},
		{"unused source", "kind: smtp-error\n" + strings.Replace(sources, "entries:", "  - id: z\n    title: Z\n    url: https://learn.microsoft.com/z\n    checked: 2026-11-23\nentries:", 1) + body + "    match: [x]\n", `source "z" is not used`},
		{"source without TLS", "kind: smtp-error\n" + strings.Replace(sources, "https", "http", 1) + body, "x.yaml:3: source \"S\": want a title and an https address"},
		{"source without a day", "kind: smtp-error\n" + strings.Replace(sources, "2026-11-23", "yesterday", 1) + body, `x.yaml:3: source "S": checked "yesterday"`},
		{"date", smtp + strings.Replace(body, "meaning: M", "meaning: 'M until {{date:ours}}'", 1) + "    match: [x]\n", ""},
		{"date of nothing", smtp + strings.Replace(body, "[D]", "['D {{date:theirs}}']", 1) + "    match: [x]\n", `x.yaml:8: a: date "theirs" is not in the calendar`},
		{"another placeholder", smtp + strings.Replace(body, "[D]", "['D {{user}}']", 1) + "    match: [x]\n", "want {{date:ID}}"},
		{"id used twice", smtp + body + "    match: [x]\n" + body + "    match: [x]\n", `x.yaml:14: id "a" is used twice`},
		{"password of a reply", smtp + body + "    match: [x]\n    password: right\n", "only a sign-in code has one"},
		{"password that is none", "kind: sign-in-code\n" + sources + body + "    code: 1\n    password: maybe\n", `password "maybe"`},
		{"family that is none", "kind: agent\n" + sources + body + "    families: [toaster]\n", `families ["toaster"]`},
		{"model of a reply", smtp + body + "    match: [x]\n    model: m\n", "model and versionless are for agents"},
		{"two entries of a family, one without a playbook", "kind: agent\n" + sources + body + "    families: [ipad]\n" + strings.Replace(body, "id: a", "id: b", 1) + "    families: [ipad]\n    playbook: p\n", "x.yaml:14: b: want a playbook"},
		{"two entries for the same devices", "kind: agent\n" + sources + body + "    families: [ipad]\n    playbook: p\n" + strings.Replace(body, "id: a", "id: b", 1) + "    families: [ipad]\n    playbook: p\n", "x.yaml:15: b: a of the same family stands before it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := &library{
				agents: map[useragent.Family][]*entry{}, protocol: map[detect.Protocol]*entry{},
				dates: map[string]string{"ours": "May 2027"},
			}
			err := l.add("data/x.yaml", []byte(c.text))
			switch {
			case c.says == "" && err != nil:
				t.Fatal(err)
			case c.says != "" && err == nil:
				t.Fatal("no error")
			case c.says != "" && !strings.Contains(err.Error(), c.says):
				t.Errorf("error %q does not say %q", err, c.says)
			}
		})
	}
}
