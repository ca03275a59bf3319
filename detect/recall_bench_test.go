package detect

import (
	"runtime"
	"testing"
	"time"
)

// BenchmarkRecall reports what a pass costs on top of reading the database: a
// million stored bundles folded, of 100,000 legacy clients and of people's
// modern sign-ins.
func BenchmarkRecall(b *testing.B) {
	const bundles = 1_000_000
	for _, kind := range []struct{ name, app string }{{"legacy", "IMAP4"}, {"modern", "Browser"}} {
		b.Run(kind.name, func(b *testing.B) {
			for b.Loop() {
				before := heap()
				start := time.Now()
				f := NewFold(Window{})
				for i := range bundles {
					f.Recall(storedBundle(i, kind.app))
				}
				took := time.Since(start)
				kept := heap() - before
				runtime.KeepAlive(f)
				b.ReportMetric(took.Seconds(), "s/million")
				b.ReportMetric(float64(kept)/(1<<20), "MiB")
			}
		})
	}
}

// storedBundle is one of ten days of a client, as a database gives it.
func storedBundle(i int, app string) Bundle {
	s := clientRow(i%100_000, 0)
	s.ID, s.ClientApp, s.Result.Code = "", app, []int{0, 50126}[i&1]
	s.Time = monday.AddDate(0, 0, i/100_000)
	return Bundle{Row: s, First: s.Time.Add(-time.Hour), Count: 3, Minutes: Minutes{{8, 1, 1}, {9, 5, 2}}}
}

// BenchmarkBundler reports how many rows a second a Bundler takes in, and what
// it keeps of each bundle.
func BenchmarkBundler(b *testing.B) {
	const rows = 200_000
	for _, kind := range []struct{ name, app string }{{"legacy", "IMAP4"}, {"modern", "Browser"}} {
		b.Run(kind.name, func(b *testing.B) {
			list := make([]SignIn, rows)
			for i := range list {
				list[i] = clientRow(i%20_000, i)
				list[i].ClientApp = kind.app
			}
			n := 0
			for b.Loop() {
				before := heap()
				start := time.Now()
				bundler := NewBundler()
				_ = bundler.AddAll(list)
				took := time.Since(start)
				b.ReportMetric(rows/took.Seconds(), "rows/s")
				n = len(bundler.bundles)
				b.ReportMetric(float64(heap()-before)/float64(n), "bytes/bundle")
				runtime.KeepAlive(bundler)
			}
			b.ReportMetric(float64(n), "bundles")
		})
	}
}
