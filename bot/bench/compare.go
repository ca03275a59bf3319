package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// Measured is what one program came to.
type Measured struct {
	Name string
	Run  // the run of median time
	// Not says why there is no figure: the program is not asked about this file,
	// it failed, or it took too long.
	Not string
	// Differences tells where its answer differs from this program's; none when
	// they are equal.
	Differences []string
}

// Compared is what asking about one file came to. The first of Programs is this
// program.
type Compared struct {
	File     File
	Rows     int64
	Legacy   int64
	Groups   int
	Programs []Measured
	// Missing are the programs that are not installed.
	Missing []string
}

// Comparison asks about files.
type Comparison struct {
	// Self starts this program so that it prints its Own answer about the file
	// whose path follows.
	Self []string
	// Runs is how often each program is asked, in turn; at least once.
	Runs int
	// Limit ends a run of another program; 0 is no limit.
	Limit time.Duration
	// Telling hears what is being done; nil for nobody.
	Telling func(what string)
	Peers   []Peer
}

// asked is a program that is asked.
type asked struct {
	Measured
	own     bool
	command []string
	answer  func(out []byte) (Answer, error)
	runs    []Run
}

// Ask asks every program about a file. An error is this program's; what others
// fail at stands in the answer.
func (c Comparison) Ask(ctx context.Context, path string) (Compared, error) {
	c.tell("reading the file once")
	file, err := Open(path)
	if err != nil {
		return Compared{}, err
	}
	var own Own
	result := Compared{}
	programs := []*asked{{
		Measured: Measured{Name: "legacyauth"}, own: true, command: slices.Concat(c.Self, []string{path}),
		answer: func(out []byte) (Answer, error) {
			own = Own{}
			if err := json.Unmarshal(out, &own); err != nil {
				return nil, fmt.Errorf("read the answer of this program: %w", err)
			}
			return own.answer(), nil
		},
	}}
	want, err := c.once(ctx, programs[0])
	if err != nil {
		return Compared{}, ownWords(err)
	}
	programs[0].runs = nil // it has only told what the file is
	file.Shape = own.Shape
	result.File, result.Rows, result.Legacy, result.Groups = file, own.Rows, want.Total(), len(want)
	for _, p := range c.Peers {
		program, err := exec.LookPath(p.Program)
		if err != nil {
			if !slices.Contains(result.Missing, p.Program) {
				result.Missing = append(result.Missing, p.Program)
			}
			continue
		}
		arguments, not := p.Arguments(file)
		programs = append(programs, &asked{
			Measured: Measured{Name: p.Name, Not: not}, command: slices.Concat([]string{program}, arguments), answer: parse,
		})
	}
	for range max(c.Runs, 1) {
		for _, p := range programs {
			if p.Not != "" {
				continue
			}
			got, err := c.once(ctx, p)
			if ctx.Err() != nil {
				return Compared{}, context.Cause(ctx)
			}
			if err != nil && p.own {
				return Compared{}, ownWords(err)
			}
			if err != nil {
				p.Not = err.Error()
				continue
			}
			p.Differences = want.differences(got)
		}
	}
	for _, p := range programs {
		result.Programs = append(result.Programs, p.measured())
	}
	return result, nil
}

// ownWords gives the error of this program as it would tell it itself.
func ownWords(err error) error {
	var own *failure
	if errors.As(err, &own) && own.complaint != "" {
		return errors.New(strings.TrimPrefix(strings.TrimSpace(own.complaint), "legacyauth: "))
	}
	return err
}

func (c Comparison) tell(what string) {
	if c.Telling != nil {
		c.Telling(what)
	}
}

func (c Comparison) once(ctx context.Context, p *asked) (Answer, error) {
	c.tell("asking " + p.Name)
	if c.Limit > 0 && !p.own {
		limited, cancel := context.WithTimeoutCause(ctx, c.Limit, tooLong{c.Limit})
		defer cancel()
		ctx = limited
	}
	out, run, err := start(ctx, p.command[0], p.command[1:]...)
	if err != nil {
		return nil, err
	}
	p.runs = append(p.runs, run)
	return p.answer(out)
}

// tooLong is why a run was ended.
type tooLong struct{ limit time.Duration }

func (t tooLong) Error() string { return fmt.Sprintf("it was stopped after %s", t.limit) }

// measured gives the run of median time, and the largest peak of all.
func (p *asked) measured() Measured {
	m := p.Measured
	if m.Not != "" || len(p.runs) == 0 {
		return m
	}
	slices.SortFunc(p.runs, func(a, b Run) int { return int(a.Took - b.Took) })
	m.Run = p.runs[len(p.runs)/2]
	for _, r := range p.runs {
		m.Peak = max(m.Peak, r.Peak)
	}
	return m
}

func (o Own) answer() Answer {
	answer := Answer{}
	answer.add(o.Groups)
	return answer
}

// Equal says whether every program that answered gave the same answer.
func (c Compared) Equal() bool {
	return !slices.ContainsFunc(c.Programs, func(m Measured) bool { return len(m.Differences) > 0 })
}
