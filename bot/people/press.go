package people

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/notice"
	"legacyauth/bot/people/owners"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// press is one press of a button of somebody's message, within a transaction.
type press struct {
	*People
	ctx    context.Context //nolint:containedctx // lives as long as the transaction
	tx     *storage.Tx
	from   chat.Person
	in     chat.Place
	by     migration.Who
	verb   string
	step   int
	notice storage.Notice
	client storage.Client
	view   notice.View
	shown  *notice.Client
}

// Handle answers the buttons of a person's message and the words that they stand
// for. Only the person themselves may press. A press on what has changed since it
// was shown changes nothing and shows how it stands now.
func (p *People) Handle(ctx context.Context, r chat.Request) (chat.Answer, error) {
	verb, subject, revision := r.Pressed.Verb, r.Pressed.Subject, r.Pressed.Revision
	if r.Pressed.IsZero() && len(r.Words) > 0 {
		verb, subject, revision = r.Words[0], strings.Join(r.Words[1:], "-"), -1
	}
	key, number, _ := strings.Cut(subject, "-")
	step, _ := strconv.Atoi(number)
	var answer chat.Answer
	err := p.DB.Write(ctx, func(tx *storage.Tx) error {
		a := &press{People: p, ctx: ctx, tx: tx, from: r.From, in: r.In, by: migration.Who{Kind: "person", ID: r.From.Who()}, verb: verb, step: step}
		var err error
		answer, err = a.do(key, revision)
		return err
	})
	if err != nil {
		return chat.Answer{}, fmt.Errorf("press %s: %w", verb, err)
	}
	return answer, nil
}

// do finds out whether the press counts, and then does what it stands for.
func (a *press) do(key string, revision int64) (chat.Answer, error) {
	mine, err := a.find(key)
	if err != nil {
		return chat.Answer{}, err
	}
	if !mine {
		return chat.Answer{Card: notice.Refused(a.Languages.For(a.from.Locale, a.Settings.Language)), Outcome: chat.Denied}, nil
	}
	if err := a.see(); err != nil {
		return chat.Answer{}, err
	}
	c, ok := a.view.Find(key)
	if !ok {
		return a.stale()
	}
	a.shown = c
	changes := a.verb == notice.Done || a.verb == notice.NotMine || a.verb == notice.NeedHelp || a.verb == notice.Ack ||
		a.verb == notice.Step || a.verb == notice.Unstep
	if changes && (revision >= 0 && revision != c.Generation || c.Handed || c.State.Done()) {
		return a.stale()
	}
	switch a.verb {
	case notice.Done:
		return a.done()
	case notice.NotMine:
		return a.notMine()
	case notice.NeedHelp:
		return a.needHelp()
	case notice.Ack:
		return a.acknowledge()
	case notice.Step, notice.Unstep:
		return a.checkStep()
	case notice.More:
		return a.more()
	case notice.Files:
		return a.files()
	case notice.Show:
		a.notice.Showing = key
		if err := a.tx.SaveNotice(&a.notice); err != nil {
			return chat.Answer{}, err
		}
		return a.current()
	}
	return chat.Answer{}, fmt.Errorf("there is no button %q", a.verb)
}

// find looks whose client it is; false: not that of whoever presses.
func (a *press) find(key string) (bool, error) {
	c, ok, err := a.tx.ClientByKey(0, key)
	if err != nil || !ok {
		return false, err
	}
	a.client = c
	route := owners.Of(&c)
	for _, who := range [][2]string{{route.User, route.ID}, {c.User.Name, c.User.ID}} {
		n, ok, err := a.tx.NoticeOf(c.Tenant, who[0], who[1])
		if err != nil {
			return false, err
		}
		if !ok || n.Place.IsZero() || n.Place != a.from.Direct() && !a.atTerminal(&n) {
			continue
		}
		a.notice = n
		a.learn()
		a.view, err = a.People.view(a.tx, &a.notice)
		return err == nil, err
	}
	return false, nil
}

// atTerminal says whether somebody at the program's own terminal stands in for a person
// who is told in a file: nobody can press a button there. Whoever sits there can read
// that file and write the database; a platform's places are never the terminal.
func (a *press) atTerminal(n *storage.Notice) bool {
	return a.in.Platform == chat.Terminal && n.Place.Platform == chat.LogFile && a.from.Email != "" && strings.EqualFold(a.from.Email, n.UserName)
}

// learn takes the person's language and zone from the platform, which may know
// more than when they were told.
func (a *press) learn() {
	if a.from.Locale != "" {
		a.notice.Locale = a.from.Locale
	}
	if a.from.Zone != "" {
		a.notice.Zone = a.from.Zone
	}
}

// done begins verification.
func (a *press) done() (chat.Answer, error) {
	if a.client.State == migration.ClaimedDone {
		return a.stale()
	}
	err := a.each(func(c *storage.Client) error {
		return a.move(c, migration.WasClaimed, "The person says that it is done.")
	})
	if err != nil {
		return chat.Answer{}, err
	}
	if slices.ContainsFunc(a.view.Together(a.shown), func(c *notice.Client) bool { return c.Key == a.notice.Showing }) {
		a.notice.Showing = "" // what is left comes next, also once another is found to sign in still
	}
	return a.answer(notice.Done)
}

// acknowledge notes that the person will see to it.
func (a *press) acknowledge() (chat.Answer, error) {
	if err := a.acknowledged("The person will see to it."); err != nil {
		return chat.Answer{}, err
	}
	return a.current()
}

func (a *press) acknowledged(why string) error {
	return a.each(func(c *storage.Client) error {
		switch c.State {
		case migration.Open, migration.Told, migration.Relapsed:
			return a.move(c, migration.WasAcknowledged, why)
		}
		return nil
	})
}

// each does something to every client of the device that was pressed, that of the
// button first: who has moved an Outlook has moved all of its protocols.
func (a *press) each(do func(*storage.Client) error) error {
	for _, c := range a.view.Together(a.shown) {
		if c == a.shown {
			if err := do(&a.client); err != nil {
				return err
			}
			continue
		}
		stored, ok, err := a.tx.ClientByKey(a.notice.Tenant, c.Key)
		if err == nil && ok {
			err = do(&stored)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// checkStep checks a step off, or not; who begins has seen the message.
func (a *press) checkStep() (chat.Answer, error) {
	steps := len(a.view.Guide(a.shown).Steps)
	if a.step < 1 || a.step > steps {
		return a.stale()
	}
	if _, err := a.tx.CheckStep(a.client.ID, a.shown.Playbook.ID, a.step, a.verb == notice.Step); err != nil {
		return chat.Answer{}, err
	}
	if a.verb == notice.Step {
		if err := a.acknowledged("The person has begun with the steps."); err != nil {
			return chat.Answer{}, err
		}
	}
	return a.current()
}

// move changes a client's state.
func (a *press) move(c *storage.Client, e migration.Event, why string) error {
	change, err := migration.Step(c.State, e, a.Now(), a.by, why)
	if err != nil {
		return err
	}
	return a.tx.Move(c, change)
}

// stale shows how it stands now.
func (a *press) stale() (chat.Answer, error) {
	v, err := a.fresh()
	if err != nil {
		return chat.Answer{}, err
	}
	c := notice.Answer(v, notice.Stale, nil)
	current := notice.Card(v)
	c.Blocks = append(c.Blocks, current.Blocks...)
	c.Actions = current.Actions
	return chat.Answer{Card: c}, nil
}

// current shows the message as it is now in place of the one that was pressed.
func (a *press) current() (chat.Answer, error) {
	v, err := a.fresh()
	return chat.Answer{Card: notice.Card(v), Edit: true}, err
}

// answer says what a button has done.
func (a *press) answer(kind string) (chat.Answer, error) {
	v, err := a.fresh()
	if err != nil {
		return chat.Answer{}, err
	}
	c, _ := v.Find(a.client.Key)
	return chat.Answer{Card: notice.Answer(v, kind, c)}, nil
}

// fresh brings the message up to date and gives what it says.
func (a *press) fresh() (notice.View, error) {
	if err := a.tx.SaveNotice(&a.notice); err != nil {
		return notice.View{}, err
	}
	return a.refresh(a.ctx, a.tx, a.notice.ID, true)
}
