package news_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/bot/news"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

func TestDecideOneClient(t *testing.T) {
	t.Parallel()
	inUse, key := client("k7f3aaaaaaaa"), "k7f3aaaaaaaa"
	blocked := client(key, verdict(detect.Blocked, "it has the right password and a policy stops it"))
	broken := client(key, verdict(detect.Broken, "wrong password from a device that names itself"))
	leaked := client(key, verdict(detect.Leaked, "the right password was used from a network that guesses passwords"))
	spray := client(key, guessed(0, 3))
	verified, relapsed := client(key, state(migration.Verified)), client(key, state(migration.Relapsed))
	type want struct {
		Kind     news.Kind
		Severity news.Severity
		Why      string
		Admins   bool
	}
	const worse = "It was blocked but still configured; now it signs in."
	const leak = "now the right password was used from a network that guesses passwords."
	const gone = "The account is disabled, and this client goes on signing in with it: nobody reads its messages."
	tests := map[string]struct {
		before *storage.Client
		after  storage.Client
		want   *want
	}{
		"first seen, in use":           {nil, inUse, &want{Kind: news.First, Severity: news.High, Why: "It is new: it signs in."}},
		"first seen, blocked":          {nil, blocked, &want{Kind: news.First, Severity: news.Medium, Why: "It is new: it has the right password and a policy stops it."}},
		"first seen, broken":           {nil, broken, &want{Kind: news.First, Severity: news.Medium, Why: "It is new: wrong password from a device that names itself."}},
		"first seen, leaked":           {nil, leaked, &want{Kind: news.First, Severity: news.Urgent, Why: "It is new: the right password was used from a network that guesses passwords."}},
		"first seen, unlisted app":     {nil, client(key, func(c *storage.Client) { c.Protocol = detect.Unknown }), &want{Kind: news.First, Severity: news.Low, Why: "It is new: it signs in."}},
		"first seen, token":            {nil, client(key, token), nil},
		"first seen, token over EWS":   {nil, client(key, token, func(c *storage.Client) { c.Protocol = detect.EWS }), &want{Kind: news.First, Severity: news.High, Why: "It is new: it signs in."}},
		"first seen, account disabled": {nil, client(key, disabled), &want{Kind: news.Disabled, Severity: news.Medium, Why: gone, Admins: true}},
		"leaked and disabled":          {nil, client(key, disabled, verdict(detect.Leaked, "x")), &want{Kind: news.Disabled, Severity: news.Urgent, Why: gone, Admins: true}},
		"nothing new":                  {&inUse, inUse, nil},
		"more sign-ins":                {&inUse, client(key, func(c *storage.Client) { c.Tally.Total++; c.Last = monday }), nil},
		"blocked to in use":            {&blocked, inUse, &want{Kind: news.Worse, Severity: news.High, Why: worse}},
		"broken to in use":             {&broken, inUse, &want{Kind: news.Worse, Severity: news.High, Why: "It was broken, with a stale password; now it signs in."}},
		"in use to leaked":             {&inUse, leaked, &want{Kind: news.Worse, Severity: news.Urgent, Why: "It was in use; " + leak}},
		"blocked to leaked":            {&blocked, leaked, &want{Kind: news.Worse, Severity: news.Urgent, Why: "It was blocked but still configured; " + leak}},
		"spray to leaked":              {&spray, leaked, &want{Kind: news.Worse, Severity: news.Urgent, Why: "It was only guessed at; " + leak}},
		"spray to broken":              {&spray, broken, &want{Kind: news.First, Severity: news.Medium, Why: "It is new: wrong password from a device that names itself."}},
		"token to password":            {ptr(client(key, token)), inUse, &want{Kind: news.First, Severity: news.High, Why: "It is new: it signs in."}},
		"excepted, blocked to in use":  {&blocked, client(key, state(migration.Excepted)), &want{Kind: news.Changed, Severity: news.Low, Why: "It is now excepted; it was open."}},
		"excepted, leaked":             {&blocked, client(key, state(migration.Excepted), verdict(detect.Leaked, "x")), &want{Kind: news.Worse, Severity: news.Urgent, Why: "It was blocked but still configured; now x."}},
		"in use to blocked":            {&inUse, blocked, &want{Kind: news.Changed, Severity: news.Low, Why: "It was in use; now it has the right password and a policy stops it."}},
		"told":                         {&inUse, client(key, state(migration.Told)), &want{Kind: news.Changed, Severity: news.Low, Why: "It is now told; it was open."}},
		"verified":                     {&inUse, verified, &want{Kind: news.Verified, Severity: news.Low, Why: "It has been silent for as long as was asked for."}},
		"still verified":               {&verified, verified, nil},
		"relapsed":                     {&verified, relapsed, &want{Kind: news.Relapsed, Severity: news.High, Why: "It had moved, and now it signs in again with the right password."}},
		"still relapsed":               {&relapsed, relapsed, nil},
		"account disabled":             {&inUse, client(key, disabled), &want{Kind: news.Disabled, Severity: news.Medium, Why: gone, Admins: true}},
		"still disabled":               {ptr(client(key, disabled)), client(key, disabled), nil},
		"disabled account relapses": {
			ptr(client(key, disabled, state(migration.Closed))), client(key, disabled, state(migration.Relapsed)),
			&want{Kind: news.Relapsed, Severity: news.High, Why: "It had moved, and now it signs in again with the right password.", Admins: true},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := turn(t, change(tt.before, tt.after))
			in.Marks[news.MarkPrefix+"spray"] = "2026-11-23 2026-11-23 3"
			items, _ := news.Decide(in)
			var got *want
			if len(items) > 0 {
				i := items[0]
				got = &want{i.Kind, i.Severity, i.Why, i.Admins}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || len(items) > 1 {
				t.Errorf("%d items: -want +got\n%s", len(items), diff)
			}
		})
	}
}

func ptr[T any](x T) *T { return &x }

func TestOfTellsAChangeOutsideAPass(t *testing.T) {
	t.Parallel()
	open := client("k7f3aaaaaaaa")
	done := change(&open, client("k7f3aaaaaaaa", state(migration.ClaimedDone)))
	done.Why = "Its user said that it is done."
	i, ok := turn(t).Of(done)
	if !ok || i.Kind != news.Changed || i.Why != done.Why || i.Tenant != "contoso" {
		t.Errorf("Of = %+v, %t", i, ok)
	}
	if _, ok := turn(t).Of(change(&open, open)); ok {
		t.Error("a client that did not change has news")
	}
}
