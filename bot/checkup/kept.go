package checkup

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/entra/settings"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// keptMark is the mark of what a file said of a tenant's Exchange Online.
const keptMark = "checkup/exchange"

// OldAfter is how long what a file said counts; then it is as if nothing had been
// read. What Graph tells is asked each hour; a file is a moment that nobody looks at
// again by itself. A month is about the waves and reminders of one campaign.
const OldAfter = OldDays * 24 * time.Hour

// OldDays is OldAfter in days.
const OldDays = 30

// aheadBy is how far the clock of whoever ran the script may be ahead of this one.
const aheadBy = 24 * time.Hour

// Reading is what a file said of one setting. Evidence is not kept, since it can
// name people.
type Reading struct {
	ID       string            `json:"id"` // settings.Item.ID
	Answer   settings.Answer   `json:"answer"`
	Severity settings.Severity `json:"severity"`
	At       time.Time         `json:"at"` // when Exchange Online was asked, which is before the file was given
	By       string            `json:"by"` // who gave the file; see migration.Who
}

// Old says that it counts as unread by now.
func (r Reading) Old(now time.Time) bool { return now.Sub(r.At) > OldAfter }

// Ago says when it was read: "3 days ago".
func (r Reading) Ago(now time.Time) string { return ago(now.Sub(r.At)) }

func ago(d time.Duration) string {
	switch days := int(d / (24 * time.Hour)); days {
	case 0:
		return "less than a day ago"
	case 1:
		return "1 day ago"
	default:
		return fmt.Sprintf("%d days ago", days)
	}
}

// NotKeptError says why a file's readings are not kept, in words for whoever gave
// it. What was kept before stays as it was.
type NotKeptError struct{ Words string }

// Error gives the words.
func (e *NotKeptError) Error() string { return e.Words }

// Keep notes what a file said of the settings of a tenant's Exchange Online, as of
// when it was written. A setting that the file does not tell keeps what was known
// of it. A *NotKeptError: the file is not one to rely on.
func Keep(tx *storage.Tx, tenant int64, items []settings.Item, at time.Time, by string) error {
	before, err := Kept(tx, tenant)
	if err != nil {
		return err
	}
	now, newest := tx.Now(), time.Time{}
	for _, r := range before {
		if r.At.After(newest) {
			newest = r.At
		}
	}
	switch {
	case at.Sub(now) > aheadBy:
		return &NotKeptError{"it says that it was written on " + at.UTC().Format(time.DateOnly) + ", which is yet to come: set the clock of the machine that runs the script, and run it again"}
	case now.Sub(at) > OldAfter:
		return &NotKeptError{fmt.Sprintf("it was written %s, and after %d days it counts as unread: run the script again", ago(now.Sub(at)), OldDays)}
	case at.Before(newest):
		return &NotKeptError{"what is kept was read on " + newest.UTC().Format(time.DateOnly) + ", after this file was written: run the script again"}
	}
	known := map[string]Reading{}
	for _, r := range before {
		known[r.ID] = r
	}
	for _, i := range items {
		if _, told := known[i.ID]; !told || !i.Unread() {
			known[i.ID] = Reading{i.ID, i.Answer, i.Severity, at.UTC(), by}
		}
	}
	var all []Reading
	for _, r := range known {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b Reading) int { return cmp.Compare(a.ID, b.ID) })
	value, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("encode what a file said of settings: %w", err)
	}
	return tx.SetMark(tenant, keptMark, string(value))
}

// Kept gives what a file said of a tenant's Exchange Online, by id; nothing where no
// file was given. What is old is among it.
func Kept(tx *storage.Tx, tenant int64) ([]Reading, error) {
	value, _, ok, err := tx.Mark(tenant, keptMark)
	if err != nil || !ok {
		return nil, err
	}
	var all []Reading
	if err := json.Unmarshal([]byte(value), &all); err != nil {
		return nil, fmt.Errorf("read what a file said of settings: %w", err)
	}
	return all, nil
}

// Recall puts what a file said before in the place of what is not known now, with
// its age.
func (r *Result) Recall(kept []Reading, now time.Time) {
	if len(kept) == 0 {
		return
	}
	if !slices.ContainsFunc(r.Items, func(i settings.Item) bool { return ofExchange(i.ID) }) {
		r.Items = append(r.Items, settings.JudgeExchange(settings.Exchange{})...)
	}
	for n := range r.Items {
		i := &r.Items[n]
		at := slices.IndexFunc(kept, func(k Reading) bool { return k.ID == i.ID })
		if at < 0 || !i.Unread() || !ofExchange(i.ID) {
			continue
		}
		k := kept[at]
		switch {
		case k.Old(now):
			i.Evidence = []string{fmt.Sprintf("A file said %q %s, which after %d days counts as unread.", answers[k.Answer], k.Ago(now), OldDays)}
		case k.Answer == settings.CannotTell:
			i.Severity, i.Missing = k.Severity, ""
			i.Evidence = []string{"A file that was read " + k.Ago(now) + " could not tell it; check --exchange says why."}
		default:
			i.Answer, i.Severity, i.Missing = k.Answer, k.Severity, ""
			i.Evidence = []string{"Read from a file " + k.Ago(now) + ", on " + k.At.Format(time.DateOnly) + "; " + given(k.By) + "."}
		}
	}
	slices.SortStableFunc(r.Items, ByUrgency)
}

// given says who gave a file.
func given(by string) string {
	if migration.IsCLI(by) {
		return "it was given at the command line"
	}
	return "it was given by " + by
}

// ofExchange says whether only Exchange Online tells a setting.
func ofExchange(id string) bool { return strings.HasPrefix(id, "exchange.") }
