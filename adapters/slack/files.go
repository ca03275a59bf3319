package slack

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// wholeName is the file that holds what did not fit.
const wholeName = "whole-message.txt"

// uploads are files that Slack has and nobody sees yet.
type uploads struct {
	ready  []slack.FileSummary
	listed []chat.File
	failed []chat.File
	whole  bool
}

// prepare uploads the files of a message, and its whole text where some of it was
// cut. Nothing is shown yet; what fails is said in the message.
func (p *Platform) prepare(ctx context.Context, i *installation, files []chat.File, d drawing, c card.Card) uploads {
	var u uploads
	if d.cuts > 0 {
		files = append(slices.Clone(files), chat.File{Name: wholeName, Type: "text/plain", Data: []byte(chat.Plain(c) + "\n")})
	}
	for _, f := range files {
		id, err := p.upload(ctx, i, f)
		if err != nil {
			p.options.Log.WarnContext(ctx, "slack: a file could not be uploaded", "error", err)
			u.failed = append(u.failed, f)
			continue
		}
		u.ready = append(u.ready, slack.FileSummary{ID: id, Title: card.Clean(f.Name)})
		u.listed = append(u.listed, f)
		u.whole = u.whole || d.cuts > 0 && f.Name == wholeName
	}
	return u
}

// note says which files there are, for those who do not open them.
func (u uploads) note() string {
	var parts []string
	if u.whole {
		parts = append(parts, "The whole text is in "+wholeName+".")
	}
	var names []string
	for _, f := range u.listed {
		if !isWhole(f) {
			names = append(names, card.Clean(f.Name)) // what a picture shows is said beside it
		}
	}
	switch len(names) {
	case 0:
	case 1:
		parts = append(parts, "File: "+names[0]+".")
	default:
		parts = append(parts, "Files: "+strings.Join(names, ", ")+".")
	}
	if list := chat.FileList(u.failed); list != "" {
		parts = append(parts, "Could not be attached: "+list+".")
	}
	return strings.Join(parts, " ")
}

func isWhole(f chat.File) bool { return f.Name == wholeName }

// upload gives a file to Slack. The SDK's own upload writes the end of its form
// twice, so the bytes are sent as they are, and without the token.
func (p *Platform) upload(ctx context.Context, i *installation, f chat.File) (string, error) {
	if len(f.Data) == 0 || f.Name == "" {
		return "", fmt.Errorf("upload a file: %w", errNoAnswer)
	}
	at, err := i.api.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{
		FileName: card.Clean(f.Name), FileSize: len(f.Data), AltTxt: card.Clean(f.Alt),
	})
	if err != nil {
		return "", fmt.Errorf("upload a file: %w", explain(err))
	}
	if !p.ours(at.UploadURL) {
		return "", fmt.Errorf("upload a file: slack names an address that is not its own")
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, at.UploadURL, bytes.NewReader(f.Data))
	if err != nil {
		return "", fmt.Errorf("upload a file: %w", err)
	}
	r.Header.Set("Content-Type", "application/octet-stream")
	answer, err := p.http.Do(r)
	if err != nil {
		return "", fmt.Errorf("upload a file: %w", explain(err))
	}
	defer func() { _ = answer.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16))
	return at.FileID, nil
}

// attach shows uploaded files in a channel, below a message that stands there
// already. The message has arrived whatever comes of it.
func (p *Platform) attach(ctx context.Context, i *installation, channel, thread string, u uploads) {
	if err := i.share(ctx, channel, thread, u); err != nil {
		p.options.Log.WarnContext(ctx, "slack: files could not be shown", "error", err)
	}
}

func (i *installation) share(ctx context.Context, channel, thread string, u uploads) error {
	if len(u.ready) == 0 {
		return nil
	}
	_, err := i.api.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{
		Files: u.ready, Channel: channel, ThreadTimestamp: thread,
	})
	return explain(err)
}

// ours says whether an address that Slack names is one of its own, over TLS, or
// of the API that we were told to use.
func (p *Platform) ours(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	if api, err := url.Parse(p.options.API); err == nil && u.Scheme == api.Scheme && strings.EqualFold(u.Host, api.Host) {
		return true
	}
	host := strings.ToLower(u.Hostname())
	for _, domain := range []string{"slack.com", "slack-gov.com"} {
		if u.Scheme == "https" && (host == domain || strings.HasSuffix(host, "."+domain)) {
			return true
		}
	}
	return false
}
