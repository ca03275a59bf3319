package detect

import (
	"testing"
	"time"
)

// TestASignInByATokenIsNoUseOfThePassword has one client send its password and
// then a token, under one key.
func TestASignInByATokenIsNoUseOfThePassword(t *testing.T) {
	t.Parallel()
	iphone := agent("Apple-iPhone12C1/1907.71")
	token := func(s *SignIn) { s.AuthProtocol = "oAuth2" }
	hour := func(n int) time.Time { return monday.Add(time.Duration(n) * time.Hour) }
	for name, tc := range map[string]struct {
		app                 string
		more                []func(*SignIn)
		right, token, older time.Time
		kind                AuthKind
		days                int // right passwords
	}{
		"a token":                       {"Exchange ActiveSync", []func(*SignIn){token}, hour(0), hour(5), hour(0), Basic, 1},
		"a token that a policy stopped": {"Exchange ActiveSync", []func(*SignIn){token, code(53003)}, hour(0), time.Time{}, hour(5), Basic, 1},
		"the password again":            {"Exchange ActiveSync", nil, hour(5), time.Time{}, hour(5), Basic, 2},
		"a wrong password":              {"Exchange ActiveSync", []func(*SignIn){code(50126)}, hour(0), time.Time{}, hour(5), Basic, 1},
		"a token over what ends anyway": {"Exchange Web Services", []func(*SignIn){token}, hour(5), time.Time{}, hour(5), Basic, 2},
		"nothing says how":              {"IMAP4", []func(*SignIn){func(s *SignIn) { s.AuthProtocol = "" }}, hour(5), time.Time{}, hour(5), Basic, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows := []SignIn{
				signIn("1", app(tc.app), iphone),
				signIn("2", append([]func(*SignIn){app(tc.app), iphone, at(5 * time.Hour)}, tc.more...)...),
			}
			bundler, recalled := NewBundler(), NewFold(Window{})
			if err := bundler.AddAll(rows); err != nil {
				t.Fatal(err)
			}
			for b := range bundler.Each() {
				recalled.Recall(b)
			}
			for how, f := range map[string]*Fold{"rows": fold(rows...), "bundles": recalled} {
				c := only(t, f)
				if !c.LastRight.Equal(tc.right) || !c.LastToken.Equal(tc.token) || !c.LastOld().Equal(tc.older) {
					t.Errorf("%s: last right %s, token %s, in the old way %s", how, c.LastRight, c.LastToken, c.LastOld())
				}
				if c.Auth.Kind != tc.kind || c.ByDay[0].Right != tc.days {
					t.Errorf("%s: %s, %d right", how, c.Auth.Kind, c.ByDay[0].Right)
				}
			}
		})
	}
}

func TestBundlesOfTokens(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		row  SignIn
		want bool
	}{
		"a password":  {signIn("1"), false},
		"a token":     {signIn("1", agent(""), func(s *SignIn) { s.AuthProtocol = "OAuth2" }), true},
		"translated":  {signIn("1", func(s *SignIn) { s.AuthProtocol = "oAuth2" }), false}, // Exchange asked for the token
		"modern":      {signIn("1", app("Browser"), func(s *SignIn) { s.AuthProtocol = "oAuth2" }), false},
		"not told":    {signIn("1", agent(""), func(s *SignIn) { s.AuthProtocol = "" }), false},
		"unknown one": {signIn("1", agent(""), func(s *SignIn) { s.AuthProtocol = "carrier pigeon" }), false},
	} {
		b := NewBundler()
		b.Add(&tc.row)
		for got := range b.Each() {
			if got.Token() != tc.want {
				t.Errorf("%s: %t", name, got.Token())
			}
		}
	}
}
