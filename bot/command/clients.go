package command

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// page is how many clients one page shows.
const page = 10

// clients lists the clients that are left to move, or those that are asked for.
func (b *Bot) clients() Command {
	return Command{
		Name: "clients", About: "List clients, the newest sign-in first", Role: config.Helpdesk,
		Options: []Option{
			{Option: chat.Option{Name: "only", About: "Verdicts, protocols, states or families: in-use smtp told printer", Completes: true}, Rest: true, Complete: completeFilter},
			named(tenantOption()),
			{Option: chat.Option{Name: "page", About: "The page to show"}, Named: true},
		},
		Examples: []string{"clients", "clients in-use smtp", "clients verified --tenant contoso"},
		Run:      b.runClients,
	}
}

// named makes an option that is typed with its name only.
func named(o Option) Option {
	o.Named = true
	return o
}

// open are the states in which something is left to do, or left alone for a while.
var open = []migration.State{migration.Open, migration.Told, migration.Acknowledged, migration.ClaimedDone, migration.Relapsed, migration.Excepted}

// tellable are the verdicts of clients rather than of guessing.
var tellable = []detect.Verdict{detect.Leaked, detect.InUse, detect.Blocked, detect.Broken}

// filterWords are all words that choose clients.
func filterWords() []string {
	var list []string
	for _, v := range detect.Verdicts() {
		list = append(list, string(v))
	}
	for _, p := range detect.Protocols() {
		list = append(list, string(p))
	}
	for _, s := range migration.States() {
		list = append(list, string(s))
	}
	for _, f := range useragent.Families() {
		if f != useragent.Unknown && f != useragent.PowerShell { // the protocols of these names are meant
			list = append(list, string(f))
		}
	}
	return list
}

// filter reads words that choose clients: those of one kind are either-or, those
// of several kinds have to fit together.
func filter(words []string) (storage.ClientFilter, error) {
	var f storage.ClientFilter
	for _, word := range strings.FieldsFunc(strings.ToLower(strings.Join(words, ",")), func(r rune) bool { return r == ',' || r == ' ' }) {
		switch {
		case slices.Contains(detect.Verdicts(), detect.Verdict(word)):
			f.Verdicts = append(f.Verdicts, detect.Verdict(word))
		case slices.Contains(detect.Protocols(), detect.Protocol(word)):
			f.Protocols = append(f.Protocols, detect.Protocol(word))
		case migration.State(word).Valid():
			f.States = append(f.States, migration.State(word))
		case useragent.Family(word).Valid():
			f.Families = append(f.Families, useragent.Family(word))
		default:
			return f, &Mistake{unfiltered(word)}
		}
	}
	if len(f.States) == 0 {
		f.States = open
	}
	if len(f.Verdicts) == 0 {
		f.Verdicts = tellable
	}
	return f, nil
}

// meant are families by words that people use for them.
var meant = map[string][]useragent.Family{
	"ios":     {useragent.IPhone, useragent.IPad, useragent.IPod},
	"apple":   {useragent.IPhone, useragent.IPad, useragent.IPod, useragent.MacMail},
	"mac":     {useragent.MacMail, useragent.OutlookMac},
	"phone":   {useragent.IPhone, useragent.Android, useragent.OutlookMobile},
	"outlook": {useragent.OutlookWindows, useragent.OutlookMac, useragent.OutlookMobile},
	"scanner": {useragent.Printer},
	"teams":   {useragent.TeamsRoom},
}

// unfiltered says that a word chooses nothing, and which would.
func unfiltered(word string) string {
	families, ok := meant[strings.TrimSuffix(word, "s")]
	if !ok {
		families, ok = meant[word]
	}
	if !ok {
		return unknown(word, "verdict, protocol, state or family", filterWords())
	}
	var words []string
	for _, f := range families {
		words = append(words, string(f))
	}
	return quoted(word) + " is no verdict, protocol, state or family; write clients " + strings.Join(words, " ") + "."
}

func completeFilter(_ context.Context, _ *Call, begun string) ([]chat.Choice, error) {
	head, last := "", begun
	if i := strings.LastIndexAny(begun, " ,"); i >= 0 {
		head, last = begun[:i+1], begun[i+1:]
	}
	choices := beginning(filterWords(), last)
	for i := range choices {
		choices[i] = chat.Choice{Label: head + choices[i].Label, Value: head + choices[i].Value}
	}
	return choices, nil
}

func (b *Bot) runClients(ctx context.Context, c *Call) (chat.Answer, error) {
	f, err := filter(c.Args.Words("only"))
	if err != nil {
		return chat.Answer{}, err
	}
	tenants := c.Tenants
	if c.Args.Has("tenant") {
		tenant, err := c.tenant()
		if err != nil {
			return chat.Answer{}, err
		}
		tenants = []string{tenant}
	}
	at := 1
	if word, ok := c.Args["page"]; ok {
		if at, err = strconv.Atoi(word); err != nil || at < 1 || at > 1e6 {
			return chat.Answer{}, &Mistake{quoted(word) + " is no number of a page."}
		}
	}
	list, total, err := b.list(ctx, tenants, f, (at-1)*page)
	if err != nil {
		return chat.Answer{}, err
	}
	if last := (total + page - 1) / page; at > last && last > 0 { // some went since the button was shown
		at = last
		if list, total, err = b.list(ctx, tenants, f, (at-1)*page); err != nil {
			return chat.Answer{}, err
		}
	}
	out := card.Card{Title: plain("Clients"), Tone: card.Info, Fallback: "Clients"}
	if words := c.Args.Words("only"); len(words) > 0 {
		out.Title = []card.Span{card.Text("Clients: "), card.Value(strings.Join(words, " "))}
	}
	if total == 0 {
		out.Blocks = append(out.Blocks, para(card.Text("None among what was read.")))
		lines, err := b.coverageLines(ctx, tenants)
		if err != nil {
			return chat.Answer{}, err
		}
		out.Blocks = append(out.Blocks, lines...)
		return chat.Answer{Card: out, Edit: c.Message != ""}, nil
	}
	out.Blocks = append(out.Blocks, para(card.Bold(fmt.Sprintf("%s\u2013%s of %s", number((at-1)*page+1), number((at-1)*page+len(list)), number(total)))))
	if len(c.Args.Words("only")) == 0 && at == 1 {
		out.Blocks = append(out.Blocks, para(card.Text("All that have not moved: also those to review and those that send a token already, which scan counts beside its title.")))
	}
	for i := range list {
		out.Blocks = append(out.Blocks, b.entry(c, &list[i], len(tenants) > 1))
	}
	lines, err := b.coverageLines(ctx, tenants)
	if err != nil {
		return chat.Answer{}, err
	}
	out.Blocks = append(out.Blocks, lines...)
	turn := func(label string, to int) card.Action {
		words := c.Args.Words("only")
		if c.Args.Has("tenant") {
			words = append(words, "--tenant="+tenants[0])
		}
		return button(label, "clients", append(words, "--page="+strconv.Itoa(to))...)
	}
	if at > 1 {
		out.Actions = append(out.Actions, turn("Back", at-1))
	}
	if at*page < total {
		out.Actions = append(out.Actions, turn("Next", at+1))
	}
	if total > page && len(tenants) == 1 && len(c.Args.Words("only")) == 0 && c.Role.May(config.Admin) {
		out.Blocks = append(out.Blocks, para(card.Text("All of them as a file: "), typed("export csv "+tenants[0])))
	}
	out.Actions = carried(out.Actions...)
	return chat.Answer{Card: out, Edit: c.Message != ""}, nil
}

// list reads one page of clients of some tenants.
func (b *Bot) list(ctx context.Context, tenants []string, f storage.ClientFilter, offset int) (list []storage.Client, total int, err error) {
	err = b.DB.Read(ctx, func(tx *storage.Tx) error {
		numbers, err := b.numbers(tx, tenants)
		if err != nil || len(numbers) == 0 {
			return err
		}
		f.Tenants = valuesOf(numbers)
		f.Limit, f.Offset = page, offset
		list, total, err = tx.Clients(0, f)
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("list clients: %w", err)
	}
	return list, total, nil
}

func valuesOf(numbers map[string]int64) []int64 {
	var list []int64
	for _, n := range numbers {
		list = append(list, n)
	}
	slices.Sort(list)
	return list
}

// coverageLines say in one line for each tenant what was read, if anything of it
// is missing: none of these answers is an all-clear then.
func (b *Bot) coverageLines(ctx context.Context, tenants []string) ([]card.Block, error) {
	var blocks []card.Block
	for _, tenant := range tenants {
		s := standing{tenant: tenant}
		var err error
		if s.health, err = b.healthOf(ctx, tenant); err != nil {
			return nil, err
		}
		p := s.health.LastPass
		switch {
		case p == nil:
			blocks = append(blocks, para(card.Value(tenant), card.Text(" was never scanned: nothing is known of it yet.")))
		case p.Error != "":
			blocks = append(blocks, para(card.Value(tenant), card.Text(": THE LAST SCAN FAILED; this is as it was before, and no all-clear.")))
		case !p.Complete:
			blocks = append(blocks, para(card.Value(tenant), card.Text(": COVERAGE IS INCOMPLETE; what is missing may be worse.")))
		}
	}
	return blocks, nil
}
