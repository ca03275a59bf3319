package detect

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestCountsAdd gives every count a value of its own, so that one that is left out
// or taken for another is seen.
func TestCountsAdd(t *testing.T) {
	t.Parallel()
	day := func(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }
	one := Counts{First: day(3), Last: day(5)}
	other := Counts{First: day(2), Last: day(4)}
	want := Counts{First: day(2), Last: day(5)}
	for i := range reflect.TypeFor[Counts]().NumField() {
		if f := reflect.ValueOf(&one).Elem().Field(i); f.CanInt() {
			f.SetInt(int64(i + 1))
			reflect.ValueOf(&other).Elem().Field(i).SetInt(int64(100 * (i + 1)))
			reflect.ValueOf(&want).Elem().Field(i).SetInt(int64(101 * (i + 1)))
		}
	}
	got := one
	got.Add(&other)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got.Add(&Counts{})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("nothing added (-want +got):\n%s", diff)
	}
	var none Counts
	none.Add(&want)
	if diff := cmp.Diff(want, none); diff != "" {
		t.Errorf("added to nothing (-want +got):\n%s", diff)
	}
}

// TestLesson says of each kind of modern sign-in what is learned from it.
func TestLesson(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	w := Window{From: noon.Add(-time.Hour), To: noon.Add(time.Hour)}
	for _, c := range []struct {
		name   string
		change func(*SignIn)
		want   Lesson
	}{
		{"a success", func(*SignIn) {}, LessonOnce},
		{"a success without a time", func(s *SignIn) { s.Time = time.Time{} }, LessonOnce},
		{"a success outside the window", func(s *SignIn) { s.Time = w.To }, NoLesson},
		{"a guest's", func(s *SignIn) { s.HomeTenant, s.UserType = "other", "guest" }, NoLesson},
		{"a member's from another tenant", func(s *SignIn) { s.HomeTenant, s.UserType = "other", "member" }, LessonOnce},
		{"an application's", func(s *SignIn) { s.Event = ServicePrincipal }, NoLesson},
		{"stopped by a policy", func(s *SignIn) { s.CAStatus = "failure" }, NoLesson},
		{"failed otherwise", func(s *SignIn) { s.Result.Code = 50058 }, NoLesson},
		{"a result not told", func(s *SignIn) { s.Result = Result{} }, NoLesson},
		{"a wrong password", func(s *SignIn) { s.Result.Code = wrongCode }, LessonEachTime},
		{"a wrong password outside the window", func(s *SignIn) { s.Result.Code, s.Time = wrongCode, w.From.Add(-1) }, NoLesson},
	} {
		s := SignIn{Time: noon, Tenant: "ours", HomeTenant: "ours", Event: Interactive, Result: Result{Known: true}}
		c.change(&s)
		if got := s.Lesson(w); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}
