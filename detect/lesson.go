package detect

// Lesson is what a Fold learns from a modern sign-in besides that it was one.
type Lesson uint8

// The lessons.
const (
	// NoLesson is nothing.
	NoLesson Lesson = iota
	// LessonOnce is from where an account signs in, which is learned once for all
	// rows with the same user, directory id and address.
	LessonOnce
	// LessonEachTime is a wrong password, of which each counts.
	LessonEachTime
)

// Lesson says what a Fold over w learns from s, a modern sign-in.
func (s *SignIn) Lesson(w Window) Lesson {
	if !s.inWindow(w) || !s.Event.ByUser() || foreign(s) {
		return NoLesson
	}
	return lessonOf(s.Outcome())
}

func lessonOf(o Outcome) Lesson {
	switch o {
	case Succeeded:
		return LessonOnce
	case WrongPassword:
		return LessonEachTime
	}
	return NoLesson
}
