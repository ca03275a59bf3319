package people

import (
	"fmt"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/notice"
	"legacyauth/playbooks"
)

// more shows what the message leaves out of the steps. An admin's steps may be
// longer than a platform shows, so they come as a file too, and their commands.
func (a *press) more() (chat.Answer, error) {
	answer := chat.Answer{Card: notice.Guide(a.view, a.shown)}
	if p := a.shown.Playbook; p.For == playbooks.Admin {
		answer.Files = append(answer.Files, chat.File{Name: p.ID + ".txt", Type: "text/plain", Data: []byte(chat.Plain(answer.Card) + "\n")})
	}
	if script, ok := a.shown.Playbook.Script(a.facts()); ok {
		answer.Files = append(answer.Files, chat.File{Name: script.Name, Data: script.Data()})
	}
	return answer, nil
}

// files hands out the files that come with the steps.
func (a *press) files() (chat.Answer, error) {
	if len(a.shown.Playbook.Files) == 0 {
		return a.stale() // the playbook is another one by now
	}
	answer := chat.Answer{Card: notice.Handed(a.view, a.shown)}
	for _, f := range a.shown.Playbook.Files {
		data, err := a.shown.Playbook.File(f.Name, a.facts())
		if err != nil {
			return chat.Answer{}, fmt.Errorf("fill in the file %s: %w", f.Name, err)
		}
		answer.Files = append(answer.Files, chat.File{Name: f.Name, Data: data})
	}
	return answer, nil
}

func (a *press) facts() playbooks.Facts {
	return playbooks.Facts{Client: &a.shown.Client, Today: a.Now(), Contact: a.Settings.Contact}
}
