package watch

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"legacyauth/bot/scan"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// late is by how much a pass begins before the end of the one before: so long
// after it was made a sign-in may still appear in the log.
const late = migration.Late

// memory is how far back the log itself reaches, and how far back clients are
// judged.
const memory = 30 * 24 * time.Hour

// reading is what a pass has read.
type reading struct {
	source  scan.Source // nil when it could not be opened
	asked   detect.Window
	parts   []detect.Part
	failed  error // of the source
	bundler *detect.Bundler
	sighted *detect.Sighted // nil once all is read
	// conflicting counts the sign-ins of which two copies differ.
	conflicting int64
	fresh       []detect.Sighting
	// oldest is the earliest sign-in among the new rows.
	oldest time.Time
	// newest is the latest sign-in of each kind of event, repeats included.
	newest [detect.ManagedIdentity + 1]time.Time
	// failing are the networks from which new rows have a wrong password.
	failing map[string]bool
	// outdated counts rows too old to tell whether they were read before.
	outdated int64
	cursor   time.Time
}

// gather reads what is new. An error with a live context is the source's.
func (p *pass) gather(ctx context.Context) error {
	r := &reading{
		bundler: detect.NewBundler(), sighted: detect.NewSighted(), failing: map[string]bool{},
		asked: detect.Window{To: p.began},
	}
	p.read = r
	p.progress(Reading)
	var known []storage.File
	err := p.DB.Read(ctx, func(tx *storage.Tx) error {
		cursor, found, err := tx.Cursor(p.number, p.tenant.Source.Name())
		if err != nil {
			return err
		}
		r.cursor, p.first = cursor, !found
		known, err = tx.Files(p.number, p.tenant.Source.Name())
		return err
	})
	if err != nil {
		return fmt.Errorf("look up how far the last scan came: %w", err)
	}
	if !p.first {
		r.asked.From = r.cursor.Add(-late)
		if reach := p.began.Add(-memory); r.asked.From.Before(reach) {
			r.asked.From = reach
		}
	}
	if r.source, err = p.tenant.Source.Open(ctx, Ask{Window: r.asked, Continues: !p.first && !r.asked.From.After(r.cursor), Known: known}); err != nil {
		return err
	}
	r.parts, err = r.source.SignIns(ctx, func(rows []detect.SignIn) error { return p.take(ctx, rows) })
	if err != nil {
		return err
	}
	r.conflicting, r.sighted = int64(r.sighted.Conflicts()), nil
	// In the order in which they are stored, which is fastest.
	slices.SortFunc(r.fresh, func(a, b detect.Sighting) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	if !p.first && r.asked.From.After(r.cursor) {
		r.gap(fmt.Sprintf("sign-ins between %s and %s are past the log's memory and were not read", minute(r.cursor), minute(r.asked.From)))
	}
	if r.outdated > 0 {
		r.note(fmt.Sprintf("%d sign-ins from before %s were left out: whether they were read before is no longer known", r.outdated, minute(p.began.Add(-p.horizon()))))
	}
	return nil
}

// take adds a batch of rows, leaving out what was read before.
func (p *pass) take(ctx context.Context, rows []detect.SignIn) error {
	r := p.read
	old := p.began.Add(-p.horizon())
	var doubtful []detect.Sighting // new to this pass
	var of []*detect.SignIn
	for i := range rows {
		s := &rows[i]
		if !p.first && !s.Time.IsZero() && s.Time.Before(old) {
			r.outdated++
			continue
		}
		r.newest[s.Event] = later(r.newest[s.Event], s.Time)
		sighting, ok := detect.Sight(s)
		switch {
		case !ok:
			r.bundler.Add(s)
			r.since(s)
		case !r.sighted.Add(sighting):
			r.bundler.Repeated(s)
		default:
			doubtful, of = append(doubtful, sighting), append(of, s)
		}
	}
	fresh, err := p.unseen(ctx, doubtful)
	if err != nil {
		return err
	}
	for i, s := range of {
		if !fresh[i] {
			r.bundler.Repeated(s)
			continue
		}
		r.bundler.Add(s)
		r.since(s)
		r.fresh = append(r.fresh, doubtful[i])
		if s.Outcome() == detect.WrongPassword {
			r.failing[detect.NetworkOf(s.IP)] = true
		}
	}
	p.progress(Reading)
	return nil
}

// unseen says which sightings no earlier pass recorded.
func (p *pass) unseen(ctx context.Context, sightings []detect.Sighting) (fresh []bool, err error) {
	if len(sightings) == 0 {
		return nil, nil
	}
	err = p.DB.Read(ctx, func(tx *storage.Tx) error {
		fresh, err = tx.Seen(p.number, sightings)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up which sign-ins are new: %w", err)
	}
	return fresh, nil
}

// since notes when a new row was made.
func (r *reading) since(s *detect.SignIn) {
	if !s.Time.IsZero() && (r.oldest.IsZero() || s.Time.Before(r.oldest)) {
		r.oldest = s.Time
	}
}

func (r *reading) gap(text string) {
	r.part().Gaps = append(r.part().Gaps, text)
}

func (r *reading) note(text string) {
	r.part().Notes = append(r.part().Notes, text)
}

// part is the one that says what concerns the whole source.
func (r *reading) part() *detect.Part {
	if len(r.parts) == 0 {
		r.parts = []detect.Part{{Name: "source"}}
	}
	return &r.parts[len(r.parts)-1]
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
