package signins

import (
	"context"
	"errors"
	"io"
	"time"

	"legacyauth/detect"
)

// errOverlong is a window with far more pages than a window should have.
var errOverlong = errors.New("the window holds too many pages")

// errOwnNext is a chain of pages that would never end.
var errOwnNext = errors.New("a page of Microsoft Graph names itself as its next page; if that stays, please report it")

// window reads all pages of w into the row file.
func (r *run) window(ctx context.Context, w span) error {
	how := r.ladder.rung()
	groups := how.groups()
	share := float64(w.length()) / float64(r.asked.length())
	pages := 0
	for i, clientApps := range groups {
		r.at.oldest = time.Time{}
		next := query{span: w, clientApps: clientApps, top: how.top, interactiveOnly: r.InteractiveOnly}.path()
		for continued := false; next != ""; continued = true {
			if pages++; pages > mostPages(how) && w.length() > shortest {
				return errOverlong
			}
			page := next
			var err error
			if next, err = r.page(ctx, page, continued); err != nil {
				return err
			}
			if next == page {
				return errOwnNext
			}
			if next != "" || i+1 < len(groups) {
				r.tell(into(w, r.at.oldest, i, len(groups)) * share)
			}
		}
	}
	if err := r.unnamed(ctx, w, how); err != nil {
		return err
	}
	r.tell(share)
	return nil
}

// page reads one page into the row file and gives the address of the next. A
// page that was cut short is asked for again, and its rows are forgotten first.
func (r *run) page(ctx context.Context, address string, continued bool) (next string, err error) {
	start, seen := r.state.rows.end, r.at
	err = r.ask(ctx, address, continued, r.sent, func(body io.Reader) error {
		if err := r.restart(start); err != nil {
			return err
		}
		r.at = seen
		var err error
		next, err = readPage(body, r.row)
		return err
	})
	return next, err
}

// restart forgets the rows after start.
func (r *run) restart(start mark) error {
	if r.state.rows.end == start {
		return nil
	}
	return r.state.rows.rewind(start)
}

func (r *run) row(raw []byte) error {
	var s detect.SignIn
	if err := r.Decode(raw, &s); err != nil {
		r.at.skipped++
		return nil //nolint:nilerr // a broken row is counted and said in coverage
	}
	r.at.see(&s)
	return r.state.rows.add(&s)
}

// sent counts a request.
func (r *run) sent() {
	r.pace.requests++
	r.state.Tally.Requests++
}
