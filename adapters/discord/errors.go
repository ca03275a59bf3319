package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"legacyauth/adapters/chat"
)

// What only the answering of interactions needs to tell apart.
var (
	// errAnswered is an interaction that was acknowledged before.
	errAnswered = errors.New("the interaction was acknowledged before")
	// errExpired is an interaction that takes no more answers.
	errExpired = errors.New("the interaction takes no more answers")
)

// meanings of Discord's own error codes
// (https://discord.com/developers/docs/topics/opcodes-and-status-codes#json, read
// 2026-11-29), each with what to do about it.
var meanings = map[int]struct {
	is   error
	text string
}{
	10003:         {chat.ErrNoPlace, "the channel is not there"},
	10004:         {chat.ErrNoPlace, "the server is not there, or the bot is not on it; legacyauth manifest discord prints the link that adds it"},
	10008:         {chat.ErrNoMessage, "the message is not there"},
	10013:         {chat.ErrUnreachable, "the person is not there"},
	10015:         {errExpired, "the interaction is over"},
	10062:         {errExpired, "the interaction is over"},
	30046:         {chat.ErrNoMessage, "the message is old and was changed too often"},
	openedTooMany: {chat.ErrUnreachable, "too many direct messages are opened; write a mail instead"},
	40060:         {errAnswered, "the interaction has its answer"},
	50001:         {chat.ErrNoPlace, "the bot does not see the channel; let its role view it"},
	50005:         {chat.ErrNoMessage, "the message is somebody else's"},
	50007:         {chat.ErrUnreachable, "the person takes no direct messages"},
	50008:         {chat.ErrNoPlace, "the channel takes no messages"},
	50013:         {chat.ErrNoPlace, "the bot lacks a permission there; let its role view the channel, send messages, attach files and read the history"},
	50027:         {errExpired, "the interaction is over"},
	50083:         {chat.ErrNoPlace, "the thread is archived"},
	50278:         {chat.ErrUnreachable, "the person shares no server with the bot"},
	160002:        {chat.ErrNoPlace, "the bot may not read the history there, which a reply needs"},
}

// openedTooMany is final whatever the status: it does not pass by waiting.
const openedTooMany = 40003

// explain gives the error that an answer stands for, or nil. Of the body only
// Discord's code and the time to wait are used.
func explain(status int, header http.Header, body []byte, now time.Time) error {
	if status >= 200 && status < 300 {
		return nil
	}
	var said struct {
		Code       int     `json:"code"`
		RetryAfter float64 `json:"retry_after"`
	}
	_ = json.Unmarshal(body, &said) // what is no JSON has no code
	err := chat.StatusError(status, header, now)
	retry := chat.Retry(err)
	if retry != nil && status == http.StatusTooManyRequests && said.Code != openedTooMany {
		if said.RetryAfter > 0 && said.RetryAfter <= time.Hour.Seconds() {
			retry.After = time.Duration(said.RetryAfter * float64(time.Second))
		}
		return err
	}
	if retry != nil && said.Code != openedTooMany {
		return err
	}
	if m, ok := meanings[said.Code]; ok {
		return fmt.Errorf("%w: %s (Discord's code %d)", m.is, m.text, said.Code)
	}
	if said.Code != 0 {
		return fmt.Errorf("%w (Discord's code %d)", err, said.Code)
	}
	return err
}
