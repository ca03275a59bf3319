package chart_test

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"legacyauth/adapters/chart"
)

var update = flag.Bool("update", false, "write the pictures anew")

var monday = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func days(n int) []chart.Day {
	var list []chart.Day
	for i := range n {
		all := (i*i*7 + 3) % 23
		list = append(list, chart.Day{Date: monday.AddDate(0, 0, i-n+1), Marked: all - all/3, All: all})
	}
	return list
}

func course(counts ...int) []chart.Left {
	var list []chart.Left
	for i, n := range counts {
		list = append(list, chart.Left{Date: monday.AddDate(0, 0, 2*(i-len(counts)+1)), Count: n})
	}
	return list
}

// TestPictures compares each picture with the one that somebody looked at.
func TestPictures(t *testing.T) {
	t.Parallel()
	smtp := chart.Deadline{Date: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), Name: "SMTP AUTH ends"}
	ews := chart.Deadline{Date: time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC), Name: "EWS ends"}
	names := chart.Days{From: monday.AddDate(0, 0, -29), To: monday, MarkedName: "right password", RestName: "wrong password or stopped"}
	month, year, one := names, names, names
	month.Days = days(30)
	year.From, year.Days = monday.AddDate(-1, 0, 0), days(365)
	one.From, one.Days = monday, []chart.Day{{Date: monday, Marked: 120000, All: 1200000}}
	for name, picture := range map[string]interface{ PNG() ([]byte, error) }{
		"days-month":       month,
		"days-year":        year,
		"days-one":         one,
		"course":           chart.Course{Name: "Clients left", Left: course(74, 74, 70, 66, 66, 59, 52, 44, 40, 41, 30, 28), Deadlines: []chart.Deadline{smtp}},
		"course-deadlines": chart.Course{Name: "Clients left", Left: course(12, 9), Deadlines: []chart.Deadline{smtp, ews}},
		"course-ahead": chart.Course{
			Name: "Clients left", Left: course(74, 74, 70, 66, 66, 59, 52, 44, 40, 41, 30, 28), Deadlines: []chart.Deadline{smtp},
			Ahead: &chart.Ahead{Date: smtp.Date, Count: 14, Low: 2, High: 27},
		},
		"course-ahead-worse": chart.Course{
			Name: "Clients left", Left: course(20, 24, 27), Deadlines: []chart.Deadline{smtp},
			Ahead: &chart.Ahead{Date: smtp.Date, Count: 88, Low: 40, High: 136},
		},
		"course-ahead-none": chart.Course{
			Name: "Clients left", Left: course(60, 40, 20, 8), Deadlines: []chart.Deadline{smtp}, Ahead: &chart.Ahead{Date: smtp.Date},
		},
		"course-one-day":   chart.Course{Name: "Clients left", Left: course(3)},
		"course-none-left": chart.Course{Name: "Clients left", Left: course(3, 1, 0, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := picture.PNG()
			if err != nil {
				t.Fatal(err)
			}
			if len(got) > 40_000 {
				t.Errorf("%d bytes for a small picture", len(got))
			}
			file := filepath.Join("testdata", name+".png")
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if n := differing(t, got, want); n > 0 {
				t.Errorf("%d pixels differ from %s", n, file)
			}
		})
	}
}

// differing counts the pixels that differ: another Go may pack a picture
// otherwise.
func differing(t *testing.T, a, b []byte) int {
	t.Helper()
	x, y := decoded(t, a), decoded(t, b)
	if x.Bounds() != y.Bounds() {
		t.Fatalf("%v and %v", x.Bounds(), y.Bounds())
	}
	n := 0
	for row := range x.Bounds().Dy() {
		for column := range x.Bounds().Dx() {
			if x.At(column, row) != y.At(column, row) {
				n++
			}
		}
	}
	return n
}

func decoded(t *testing.T, data []byte) image.Image {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

func TestNothingToDraw(t *testing.T) {
	t.Parallel()
	if _, err := (chart.Days{From: monday, To: monday}).PNG(); err == nil {
		t.Error("days without a bar are drawn")
	}
	if _, err := (chart.Course{}).PNG(); err == nil {
		t.Error("a course of no day is drawn")
	}
}

// Any counts and days make a picture, and no panic.
func FuzzPictures(f *testing.F) {
	f.Add(int64(0), int64(30), 3, 2)
	f.Add(int64(-40), int64(1), 1<<40, -5)
	f.Fuzz(func(_ *testing.T, from, to int64, all, marked int) {
		const years = 3660
		at := func(n int64) time.Time { return monday.AddDate(0, 0, int(n%years)) }
		_, _ = chart.Days{From: at(from), To: at(to), Days: []chart.Day{{Date: at(to), All: all, Marked: marked}}}.PNG()
		_, _ = chart.Course{Left: []chart.Left{{Date: at(from), Count: all}, {Date: at(to), Count: marked}}, Deadlines: []chart.Deadline{{Date: at(to + from), Name: "x"}}, Ahead: &chart.Ahead{Date: at(from + from), Count: all, Low: marked, High: all}}.PNG()
	})
}

func BenchmarkPictures(b *testing.B) {
	smtp := chart.Deadline{Date: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), Name: "SMTP AUTH ends"}
	for name, picture := range map[string]interface{ PNG() ([]byte, error) }{
		"days":   chart.Days{From: monday.AddDate(0, 0, -29), To: monday, MarkedName: "right password", RestName: "wrong password or stopped", Days: days(30)},
		"course": chart.Course{Name: "Clients left", Left: course(74, 70, 66, 59, 44, 41, 30), Deadlines: []chart.Deadline{smtp}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := picture.PNG(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
