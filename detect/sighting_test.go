package detect

import "testing"

func TestSame(t *testing.T) {
	t.Parallel()
	ana, ben := signIn("1"), signIn("1", user("ben"))
	cases := []struct {
		name string
		a, b SignIn
		want bool
	}{
		{"a copy", ana, ana, true},
		{"another id", ana, signIn("2"), false},
		{"two names", ana, ben, false},
		{"two names of one directory id", ana, signIn("1", byBoth("ana.new@contoso.com", "u-ana")), false},
		{"one name in another case", ana, signIn("1", byName("ANA@contoso.com")), true},
		{"both, and the name", ana, signIn("1", byName("ana@contoso.com")), true},
		{"both, and the directory id", ana, signIn("1", byID("U-Ana")), true},
		{"both, and another's directory id", ana, signIn("1", byID("u-ben")), false},
		{"two directory ids", signIn("1", byID("u-ana")), signIn("1", byID("u-ben")), false},
		{"a name and a directory id", signIn("1", byName("ana@contoso.com")), signIn("1", byID("u-ana")), true},
		{"no account", ana, signIn("1", byID("")), true},
		{"an account that does not exist", ana, signIn("1", byID(Nobody)), true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a, okA := Sight(&c.a)
			b, okB := Sight(&c.b)
			if !okA || !okB {
				t.Fatal("a row was not sighted")
			}
			if a.Same(b) != c.want || b.Same(a) != c.want {
				t.Errorf("same: %t and %t, want %t", a.Same(b), b.Same(a), c.want)
			}
			// A Fold that has read nothing else agrees.
			if f := fold(c.a, c.b); (f.Counts().Duplicates == 1) != c.want {
				t.Errorf("a Fold found %d duplicates", f.Counts().Duplicates)
			}
		})
	}
}

func TestNotSighted(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]SignIn{
		"no id":          signIn(""),
		"modern":         signIn("1", app("Browser")),
		"an application": signIn("1", func(s *SignIn) { s.Event = ManagedIdentity }),
		"a guest":        signIn("1", func(s *SignIn) { s.HomeTenant, s.UserType = "t9", "guest" }),
	} {
		if _, ok := Sight(&s); ok {
			t.Errorf("%s: sighted", name)
		}
	}
}

// Sighted finds the repeats and conflicts that a Fold finds.
func TestSightedAgreesWithFold(t *testing.T) {
	t.Parallel()
	sets := [][]SignIn{
		{signIn("1"), signIn("1", user("ben")), signIn("1"), signIn("1", user("ben"))},
		{signIn("1", user("ben")), signIn("1"), signIn("1", byID("u-ana"))},
		{signIn("1", byID("u-ana")), signIn("1"), signIn("1", user("ben"))},
		{signIn("1", byID("u-ana")), signIn("1"), signIn("1", user("ben")), signIn("1", byID("u-ben"))},
		{signIn("1"), signIn("1", code(53003)), signIn("1", code(53003))},
	}
	for seed := range uint64(10) {
		rows := generate(seed)
		sets = append(sets, append(rows, rows[:len(rows)/2]...))
	}
	for i, rows := range sets {
		known := NewSighted()
		duplicates := int64(0)
		for j := range rows {
			if x, ok := Sight(&rows[j]); ok && !known.Add(x) {
				duplicates++
			}
		}
		want := fold(rows...).Counts()
		if duplicates != want.Duplicates || int64(known.Conflicts()) != want.Conflicting {
			t.Errorf("set %d: %d repeats, %d conflicts, a Fold finds %d and %d", i, duplicates, known.Conflicts(), want.Duplicates, want.Conflicting)
		}
	}
}
