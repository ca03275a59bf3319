package signins

import (
	"context"
	"errors"
	"io"

	"legacyauth/detect"
)

// unnamed reads the sign-ins of w whose clientAppUsed is empty, which the filter
// for legacy values leaves out and which may be legacy all the same: one request
// for the newest page of them. They are asked for apart, because only eq is
// documented for clientAppUsed and nothing says that it takes an empty text, nor
// how many rows have one: neither a refusal nor their number may harm the scan.
func (r *run) unnamed(ctx context.Context, w span, how rung) error {
	if !how.filtered() || r.state.NoUnnamed {
		return nil
	}
	start, seen := r.state.rows.end, r.at
	more := ""
	address := query{span: w, clientApps: []string{""}, top: how.top, interactiveOnly: r.InteractiveOnly}.path()
	err := r.ask(ctx, address, false, r.sent, func(body io.Reader) error {
		if err := r.restart(start); err != nil {
			return err
		}
		r.at = seen
		var err error
		more, err = readPage(body, r.unnamedRow)
		return err
	})
	if err == nil {
		r.at.unnamedAsked, r.at.unnamedMore = true, more != ""
		return nil
	}
	var failed *requestError
	if !errors.As(err, &failed) || failed.means == final {
		return err
	}
	r.at, r.state.NoUnnamed = seen, true
	return r.restart(start)
}

// unnamedRow keeps a row that names no client app known as legacy or modern. A
// service that does not compare with an empty text may send any.
func (r *run) unnamedRow(raw []byte) error {
	var s detect.SignIn
	if r.Decode(raw, &s) == nil && detect.ParseClientApp(s.ClientApp) != detect.Unknown {
		return nil
	}
	r.at.unnamed++
	return r.row(raw)
}
