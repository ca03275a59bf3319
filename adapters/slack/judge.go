package slack

import (
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// closeLate has a form that was filled in close by itself when nobody says in time
// what is wrong with it, since Slack would tell the person that the app is broken.
// What it gives acknowledges the form; false: too late.
func (d *desk) closeLate(v *visit) func(payload any) bool {
	if !v.submitted || v.acknowledge == nil {
		return func(any) bool { return false }
	}
	var once sync.Once
	say := v.acknowledge
	timer := time.AfterFunc(judging, func() { once.Do(func() { say(nil) }) })
	return func(payload any) bool {
		done := false
		once.Do(func() {
			say(payload)
			done = true
		})
		timer.Stop()
		return done
	}
}

// nextView shows another form in place of the one that was filled in.
func nextView(view slack.ModalViewRequest) *slack.ViewSubmissionResponse {
	return slack.NewUpdateViewSubmissionResponse(&view)
}
