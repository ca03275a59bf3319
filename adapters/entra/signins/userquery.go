package signins

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"legacyauth/detect"
)

// UserModern gives the sign-ins with modern authentication that one user made
// from from until to, newest first, until visit says that it has seen enough by
// giving false. The user is named by directory id or by user principal name.
//
// It sends few requests, and whether a person has moved is asked often, so it
// neither keeps anything nor asks in smaller pieces what the service does not
// answer in time: the error then says so. How much of each sign-in is filled is
// up to Decode.
func (s *Source) UserModern(ctx context.Context, user string, from, to time.Time, visit func(*detect.SignIn) bool) error {
	if err := s.validate(); err != nil {
		return err
	}
	q := query{span: whole(from, to), user: user, top: pageMax, interactiveOnly: s.InteractiveOnly}
	seen := map[string]struct{}{}
	for restarts := 0; ; restarts++ {
		err := s.userPages(ctx, q, seen, visit)
		var failed *requestError
		if !errors.As(err, &failed) || failed.means != expired || restarts == mostRestarts {
			return err
		}
	}
}

// userPages visits the modern sign-ins of all pages of q that are not in seen.
func (s *Source) userPages(ctx context.Context, q query, seen map[string]struct{}, visit func(*detect.SignIn) bool) error {
	next := q.path()
	for continued := false; next != ""; continued = true {
		page := next
		var rows []detect.SignIn
		err := s.ask(ctx, page, continued, func() {}, func(body io.Reader) error {
			rows = rows[:0]
			var err error
			next, err = readPage(body, func(raw []byte) error {
				var row detect.SignIn
				// A row that cannot be read is no evidence that anybody moved.
				if s.Decode(raw, &row) == nil && modernOf(&row, q.user) {
					rows = append(rows, row)
				}
				return nil
			})
			return err
		})
		if err != nil {
			return err
		}
		if next == page {
			return errOwnNext
		}
		for i := range rows {
			if !fresh(seen, rows[i].ID) {
				continue
			}
			if !visit(&rows[i]) {
				return nil
			}
		}
	}
	return nil
}

// modernOf says whether a row is a modern sign-in of user, whose name the
// service compares by its beginning only.
func modernOf(row *detect.SignIn, user string) bool {
	return detect.ParseClientApp(row.ClientApp) == detect.Modern &&
		(strings.EqualFold(row.User, user) || strings.EqualFold(row.UserID, user))
}

// fresh notes an id and says whether it is new; without an id nothing tells.
func fresh(seen map[string]struct{}, id string) bool {
	if id == "" {
		return true
	}
	_, again := seen[id]
	seen[id] = struct{}{}
	return !again
}
