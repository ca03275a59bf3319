package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"legacyauth/adapters/chat"
)

// errNoAnswer is an answer without what was asked for.
var errNoAnswer = errors.New("the answer is empty")

// errTooLong is a message that Slack found too long all the same.
var errTooLong = errors.New("the message is too long for Slack")

// kind is what an error code means for whoever sends.
type kind int

const (
	final kind = iota
	credentials
	noPlace
	unreachable
	noMessage
	tooMany
	perhaps // it may have been done
	tooLong
)

// codes are the error codes that mean something to us; all others are final.
// https://docs.slack.dev/reference/methods/chat.postMessage#errors and those of
// chat.update, conversations.open, auth.test and users.lookupByEmail, read
// 2026-11-23.
var codes = map[string]kind{
	"invalid_auth": credentials, "not_authed": credentials, "token_revoked": credentials, "token_expired": credentials,
	"account_inactive": credentials, "not_allowed_token_type": credentials, "no_permission": noPlace,
	"missing_scope": credentials, "org_login_required": credentials, "two_factor_setup_required": credentials,

	"channel_not_found": noPlace, "not_in_channel": noPlace, "is_archived": noPlace, "restricted_action": noPlace,
	"restricted_action_read_only_channel": noPlace, "restricted_action_thread_only_channel": noPlace,
	"restricted_action_non_threadable_channel": noPlace, "restricted_action_thread_locked": noPlace,
	"team_not_found": noPlace, "team_access_not_granted": noPlace, "ekm_access_denied": noPlace, "thread_not_found": noPlace,
	"posting_to_general_channel_denied": noPlace, "access_denied": noPlace, "user_not_in_channel": noPlace,

	"user_not_found": unreachable, "users_not_found": unreachable, "cannot_dm_bot": unreachable, "user_disabled": unreachable,
	"user_not_visible": unreachable, "messages_tab_disabled": unreachable, "method_not_supported_for_channel_type": unreachable,
	"cannot_find_channel": unreachable, "user_is_bot": unreachable, "user_is_restricted": unreachable,
	"not_enough_users": unreachable, "invalid_user_combination": unreachable,

	"message_not_found": noMessage, "cant_update_message": noMessage, "edit_window_closed": noMessage, "invalid_ts": noMessage,
	"message_deleted": noMessage,

	"ratelimited": tooMany, "rate_limited": tooMany, "message_limit_exceeded": tooMany, "accesslimited": tooMany,

	"internal_error": perhaps, "fatal_error": perhaps, "request_timeout": perhaps, "service_unavailable": perhaps,
	"team_added_to_org": perhaps, "upload_failed": perhaps,

	"msg_too_long": tooLong, "msg_blocks_too_long": tooLong,
}

// advice is what to do about a code, where that helps.
var advice = map[string]string{
	"invalid_auth":      "Slack does not know the token; copy it again from the app's page OAuth & Permissions",
	"not_authed":        "the token is empty",
	"token_revoked":     "the token was revoked; install the app again and set the new token",
	"token_expired":     "the token has expired; turn token rotation off in the app's settings and install it again",
	"account_inactive":  "the app was removed from the workspace, or the workspace is gone; install the app again",
	"not_in_channel":    "invite the bot into the channel",
	"channel_not_found": "no such channel, or a private one that the bot was not invited into",
	"is_archived":       "the channel is archived",
	"cannot_dm_bot":     "bots cannot be messaged",
	"user_disabled":     "the account is deactivated",
}

// word is the form of Slack's error codes; anything else is not quoted.
var word = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9_.:-]{1,60}$`) })

// explain gives what an error of the SDK means for whoever sends. It holds no
// token and no address.
func explain(err error) error {
	if err == nil {
		return nil
	}
	var quoted *url.Error
	if errors.As(err, &quoted) {
		if inner := known(quoted.Err); inner != nil {
			return inner
		}
		return chat.TransportError(err)
	}
	if inner := known(err); inner != nil {
		return inner
	}
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) {
		return answered(refused.Err, refused.Needed)
	}
	var limited *slack.RateLimitedError
	if errors.As(err, &limited) {
		return &chat.RetryError{After: limited.RetryAfter, Err: errors.New("slack asks to wait")}
	}
	var status slack.StatusCodeError
	if errors.As(err, &status) {
		return chat.StatusError(status.Code, nil, time.Time{})
	}
	if unread(err) {
		return &chat.RetryError{Maybe: true, Err: errors.New("read Slack's answer: it is cut or no JSON")}
	}
	return chat.TransportError(err)
}

// known gives an error that says already what it means.
func known(err error) error {
	if chat.Retry(err) != nil || errors.Is(err, chat.ErrNoPlace) || errors.Is(err, chat.ErrCredentials) {
		return err
	}
	if strings.HasPrefix(err.Error(), "the platform answered ") {
		return err
	}
	return nil
}

func unread(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &kind) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

// codeError is an answer of Slack that says no.
type codeError struct {
	code, text string
}

func (e *codeError) Error() string { return e.text }

// answered gives the error for a code; needed is the scope that is missing.
func answered(code, needed string) error {
	if !word().MatchString(code) {
		code = "an error without a name"
	}
	text := "slack answered " + code
	if code == "missing_scope" {
		text = fmt.Sprintf("the app lacks the scope %s: add it under OAuth & Permissions and install the app again", scopeNamed(needed))
	} else if help := advice[code]; help != "" {
		text += ": " + help
	}
	err := error(&codeError{code, text})
	switch codes[code] {
	case credentials:
		return &chat.RetryError{Err: fmt.Errorf("%w: %w", chat.ErrCredentials, err)}
	case noPlace:
		return fmt.Errorf("%w: %w", chat.ErrNoPlace, err)
	case unreachable:
		return fmt.Errorf("%w: %w", chat.ErrUnreachable, err)
	case noMessage:
		return fmt.Errorf("%w: %w", chat.ErrNoMessage, err)
	case tooMany:
		return &chat.RetryError{Err: err}
	case perhaps:
		return &chat.RetryError{Maybe: true, Err: err}
	case tooLong:
		return fmt.Errorf("%w: %w", errTooLong, err)
	}
	return err
}

func scopeNamed(needed string) string {
	if len(needed) > 0 && len(needed) < 200 && !strings.ContainsFunc(needed, func(r rune) bool { return r > 'z' || r < ',' }) {
		return strings.ReplaceAll(needed, ",", " or ")
	}
	return "that this needs"
}

// is says whether an error is Slack's answer with this code.
func is(err error, code string) bool {
	var e *codeError
	return errors.As(err, &e) && e.code == code
}

// before gives the error of a step before a message is sent, which it cannot have
// been.
func before(err error) error {
	err = explain(err)
	if retry := chat.Retry(err); retry != nil && retry.Maybe {
		return &chat.RetryError{After: retry.After, Err: retry.Err}
	}
	return err
}
