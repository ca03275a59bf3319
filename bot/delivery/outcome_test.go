package delivery

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"legacyauth/adapters/chat"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err    error
		result result
		code   string
		maybe  bool
	}{
		"nothing wrong":             {nil, arrived, codeFailed, false},
		"asked to wait":             {&chat.RetryError{After: time.Minute, Err: errors.New("429")}, failed, codeAsked, false},
		"may have arrived":          {fmt.Errorf("send: %w", &chat.RetryError{Maybe: true, Err: errors.New("reset")}), failed, codeFailed, true},
		"timeout":                   {&chat.RetryError{Maybe: true, Err: context.DeadlineExceeded}, failed, codeTimeout, true},
		"timeout, said plainly":     {fmt.Errorf("send: %w", context.DeadlineExceeded), failed, codeTimeout, true},
		"token refused":             {&chat.RetryError{Err: chat.ErrCredentials}, failed, codeCredentials, false},
		"no such place":             {fmt.Errorf("send: %w", chat.ErrNoPlace), refused, codeNoPlace, false},
		"closed direct messages":    {fmt.Errorf("send: %w", chat.ErrUnreachable), refused, codeUnreachable, false},
		"anything else is final":    {errors.New("400"), refused, codeRefused, false},
		"the adapter has a bug":     {errPanicked, refused, codeRefused, false},
		"the platform is not there": {&chat.RetryError{Err: errNoPlatform}, failed, codeNoPlatform, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := outcome{}.judge(tt.err)
			if o.result != tt.result || o.maybe != tt.maybe {
				t.Errorf("judge = %v, maybe %v, want %v, %v", o.result, o.maybe, tt.result, tt.maybe)
			}
			if tt.err != nil && o.code() != tt.code {
				t.Errorf("code = %s, want %s", o.code(), tt.code)
			}
		})
	}
}
