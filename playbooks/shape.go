package playbooks

import "slices"

// The sections of a playbook.
const (
	whyNow    = "Why now"
	steps     = "Steps"
	commands  = "Commands"
	rollback  = "Rollback"
	cautions  = "Cautions"
	howToTell = "How to tell that it worked"
)

// sectionNames lists the sections in the order in which they stand.
func sectionNames() []string {
	return []string{whyNow, steps, commands, rollback, cautions, howToTell}
}

// A person follows three to six steps; fewer say too little, more are not done.
const fewestSteps, mostSteps = 3, 6

// shape reports sections that are missing, out of order or hold the wrong
// blocks.
func (b *body) shape(all []section, lines []int) {
	line := map[string]int{}
	last := -1
	for i, s := range all {
		place := slices.Index(sectionNames(), s.name)
		if place < 0 {
			continue // reported where it stands
		}
		switch first, twice := line[s.name]; {
		case twice:
			b.add(lines[i], "join the two", "section %q stands in line %d already", s.name, first)
		case place < last:
			b.add(lines[i], "put the sections in the order of the format", "section %q comes too late", s.name)
		case s.partial:
		case len(s.blocks) == 0:
			b.add(lines[i], "write it or leave it out", "section %q is empty", s.name)
		default:
			b.content(s, lines[i])
		}
		last = max(last, place)
		line[s.name] = lines[i]
	}
	for _, name := range []string{whyNow, steps, howToTell} {
		if _, ok := line[name]; !ok {
			b.add(b.above, "add ## "+name, "section %q is missing", name)
		}
	}
	if at, ok := line[commands]; ok && line[rollback] == 0 {
		b.add(at, "add ## Rollback with how to undo the commands", "section %q is missing", rollback)
	}
}

// content reports blocks that a section cannot hold.
func (b *body) content(s section, line int) {
	switch s.name {
	case whyNow:
		if !only[para](s.blocks) || len(s.blocks) > 2 {
			b.add(line, "write one or two short paragraphs", "section %q holds something else", s.name)
		}
	case steps:
		l, ok := s.blocks[0].(list)
		if len(s.blocks) > 1 || !ok || !l.ordered {
			b.add(line, "write one numbered list; indent what belongs to a step under its text", "section %q is not one numbered list", s.name)
		} else if n := len(l.items); n < fewestSteps || n > mostSteps {
			b.add(line, "write three to six", "there are %d steps", n)
		}
	case commands:
		if !slices.ContainsFunc(s.blocks, is[code]) {
			b.add(line, "put the commands into fenced code", "section %q holds no code", s.name)
		}
	case cautions:
		if l, ok := s.blocks[0].(list); len(s.blocks) > 1 || !ok || l.ordered {
			b.add(line, "write one bullet list", "section %q is not one bullet list", s.name)
		}
	}
}

func is[T block](b block) bool {
	_, ok := b.(T)
	return ok
}

func only[T block](blocks []block) bool {
	return !slices.ContainsFunc(blocks, func(b block) bool { return !is[T](b) })
}
