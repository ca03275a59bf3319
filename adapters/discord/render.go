package discord

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// The limits of a message
// (https://discord.com/developers/docs/components/reference, read 2026-11-29).
const (
	maxText       = 4000 // in all texts of a message
	maxComponents = 40   // with what is inside of others
	maxRow        = 5    // buttons in a row
	maxButton     = 80   // characters of a button's label
	maxOption     = 100  // of the label of a choice in a menu
	maxFiles      = 10
	maxTitle      = 256
)

// colors of the edge, by tone; none for a tone that is only information.
var colors = map[card.Tone]int{card.Success: 0x2D7D46, card.Warning: 0xB87503, card.Danger: 0xA12D2F}

// page is a card as components.
type page struct {
	parts []discordgo.MessageComponent // of the container
	size  int                          // of all texts
	count int                          // of components, the container included
	menus int
	ids   map[string]bool
	mark  mark
	first bool // no text stands yet
}

// draw makes the components of a card that may be too large, and cuts it until it
// is not. It gives how many things were cut.
func draw(c card.Card, files []file, m mark) (discordgo.Container, int) {
	// What stands on buttons and in menus does not count; what all texts come to is
	// looked at below.
	limits := card.Limits{Title: maxTitle, Actions: maxRow * maxRow, Label: maxButton, Menu: chat.MaxChoices, Total: maxText - 100 + labels(c)}
	for {
		fitted, cuts := chat.Fit(c, limits)
		p := newPage(fitted, files, m)
		switch {
		case p.size > maxText:
			limits.Total = min(limits.Total*9/10, limits.Total*maxText/p.size)
		case p.count > maxComponents && limits.Blocks != 1:
			limits.Blocks = max(len(fitted.Blocks)-max((p.count-maxComponents)/3, 1), 1)
		case p.count > maxComponents:
			limits.Actions = max(limits.Actions-maxRow, 1)
		default:
			return p.container(c.Tone), cuts
		}
	}
}

// labels is how long all labels of a card are.
func labels(c card.Card) int {
	n := 0
	add := func(all []card.Action) {
		for _, a := range all {
			n += utf8.RuneCountInString(a.Label)
		}
	}
	add(c.Actions)
	for _, b := range c.Blocks {
		if e, ok := b.(card.Entry); ok {
			add(e.Menu)
		}
	}
	return n
}

func newPage(c card.Card, files []file, m mark) *page {
	p := &page{count: 1, ids: map[string]bool{}, mark: m, first: true}
	above := titled(c)
	var pending []card.Block
	flush := func() {
		p.text(joined(above, texts(pending)))
		above, pending = "", nil
	}
	for _, b := range c.Blocks {
		e, ok := b.(card.Entry)
		if !ok || len(e.Menu) == 0 {
			pending = append(pending, b)
			continue
		}
		flush()
		p.entry(e)
	}
	flush()
	if p.first {
		p.text(inline([]card.Span{card.Text(chat.Line(c))}))
	}
	p.files(files)
	p.actions(c.Actions)
	return p
}

// joined puts the title over the rest; headings need no empty line.
func joined(above, below string) string {
	if above == "" || below == "" {
		return above + below
	}
	return above + "\n" + below
}

func (p *page) container(tone card.Tone) discordgo.Container {
	c := discordgo.Container{ID: p.mark.first(), Components: p.parts}
	if color, ok := colors[tone]; ok {
		c.AccentColor = &color
	}
	return c
}

func (p *page) display(text string) display {
	t := display{Content: text}
	if p.first {
		t.ID, p.first = p.mark.second(), false
	}
	p.size += length(text)
	p.count++
	return t
}

func (p *page) text(text string) {
	if text != "" {
		p.parts = append(p.parts, p.display(text))
	}
}

// entry has its one button beside it, or its menu below.
func (p *page) entry(e card.Entry) {
	text := entry(e)
	if text == "" {
		text = "-"
	}
	if len(e.Menu) == 1 {
		if button, ok := p.button(e.Menu[0]); ok {
			p.parts = append(p.parts, discordgo.Section{Components: []discordgo.MessageComponent{p.display(text)}, Accessory: button})
			p.count++
			return
		}
		p.text(text)
		return
	}
	p.text(text)
	menu := discordgo.SelectMenu{CustomID: fmt.Sprintf("%s%d", menuPrefix, p.menus), Placeholder: todo(e)}
	p.menus++
	taken := map[string]bool{}
	for _, a := range e.Menu {
		label := shortened(a.Label, maxOption)
		if label == "" || len(a.ID) == 0 || len(a.ID) > chat.MaxPress || taken[a.ID] {
			continue
		}
		taken[a.ID] = true
		menu.Options = append(menu.Options, discordgo.SelectMenuOption{Label: label, Value: a.ID})
	}
	if len(menu.Options) == 0 {
		return
	}
	p.parts = append(p.parts, discordgo.ActionsRow{Components: []discordgo.MessageComponent{menu}})
	p.count += 2
}

// maxHolder is how many characters may stand in a menu in which nothing is chosen.
const maxHolder = 150

// todo is what stands in the menu of an entry. It names the entry, since a screen
// reader reads one menu after the other.
func todo(e card.Entry) string {
	if ask := shortened(e.Ask, maxHolder); ask != "" {
		return ask
	}
	for _, s := range e.Text {
		if name := shortened(s.Text, maxHolder/2); name != "" {
			return "What to do with " + name
		}
	}
	return "What to do"
}

// menuPrefix begins the id of a menu, which says nothing: what is chosen does.
const menuPrefix = "menu."

func (p *page) actions(all []card.Action) {
	var row []discordgo.MessageComponent
	flush := func() {
		if len(row) > 0 {
			p.parts = append(p.parts, discordgo.ActionsRow{Components: row})
			p.count++
		}
		row = nil
	}
	for _, a := range all {
		button, ok := p.button(a)
		if !ok {
			continue
		}
		if row = append(row, button); len(row) == maxRow {
			flush()
		}
	}
	flush()
}

// button gives a button with an id that no other of the message has. A second
// button of the same id gets a mark behind it; one without room for that is left
// out, since the first does the same.
func (p *page) button(a card.Action) (discordgo.Button, bool) {
	id := a.ID
	for n := 2; p.ids[id]; n++ {
		id = fmt.Sprintf("%s%s%d", a.ID, againMark, n)
	}
	label := shortened(a.Label, maxButton)
	if id == "" || len(id) > chat.MaxPress || label == "" {
		return discordgo.Button{}, false
	}
	p.ids[id] = true
	p.count++
	return discordgo.Button{Label: label, Style: style(a.Style), CustomID: id}, true
}

// againMark stands behind the id of a button that is in its message twice. No
// chat.Press ends in it and a number.
const againMark = "~"

// pressed takes the mark off.
func pressed(id string) string {
	if at := strings.LastIndex(id, againMark); at > 0 && at > strings.LastIndexByte(id, ':') {
		return id[:at]
	}
	return id
}

func style(tone card.Tone) discordgo.ButtonStyle {
	switch tone {
	case card.Success:
		return discordgo.SuccessButton
	case card.Danger:
		return discordgo.DangerButton
	case card.Info:
		return discordgo.PrimaryButton
	}
	return discordgo.SecondaryButton
}

// files shows pictures with what they show, and others by name.
func (p *page) files(all []file) {
	gallery := discordgo.MediaGallery{}
	var others []discordgo.MessageComponent
	for _, f := range all {
		at := discordgo.UnfurledMediaItem{URL: "attachment://" + f.name}
		if !f.picture() {
			others = append(others, discordgo.FileComponent{File: at})
			continue
		}
		item := discordgo.MediaGalleryItem{Media: at}
		if f.alt != "" {
			item.Description = &f.alt
		}
		gallery.Items = append(gallery.Items, item)
	}
	if len(gallery.Items) > 0 {
		p.parts = append(p.parts, gallery)
		p.count++
	}
	p.parts = append(p.parts, others...)
	p.count += len(others)
}
