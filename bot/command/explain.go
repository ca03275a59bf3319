package command

import (
	"context"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/detect"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/explain"
)

// explain says what a pasted line means.
func (b *Bot) explain() Command {
	return Command{
		Name: "explain", About: "What a user agent, an SMTP or EWS error, or a sign-in code means", Role: config.Everyone, Anywhere: true,
		Options:  []Option{{Option: chat.Option{Name: "text", About: "What to explain, as it was logged", Required: true}, Rest: true}},
		Examples: []string{"explain Apple-iPhone12C1/1907.71", "explain 535 5.7.139 Authentication unsuccessful", "explain 53003"},
		Run:      b.runExplain,
	}
}

func (b *Bot) runExplain(_ context.Context, c *Call) (chat.Answer, error) {
	answer, err := explain.Text(c.Args["text"])
	if err != nil {
		return chat.Answer{}, &Mistake{sentence(err.Error())}
	}
	if answer.Playbook == "" && answer.Device != nil {
		answer.Playbook = b.Library.For(detect.Client{Device: *answer.Device, Protocol: detect.Unknown, Verdict: detect.InUse}).ID
	}
	out := answer.Card()
	if answer.Playbook != "" {
		out.Actions = []card.Action{button("Show the steps", "playbook", answer.Playbook)}
	}
	return chat.Answer{Card: out}, nil
}
