package jobs_test

import (
	"context"
	"fmt"
	"testing"

	"legacyauth/bot/jobs"
	"legacyauth/storage/storagetest"
)

// BenchmarkJobs measures jobs enqueued in one transaction of a hundred and
// worked by one process, in jobs a second.
func BenchmarkJobs(b *testing.B) {
	onEach(b, func(b *testing.B, dsn string) {
		p := newProcess(b, dsn)
		done := make(chan string, 1000)
		p.Work("note", jobs.Limits{Parallel: 100}, func(_ context.Context, about string) error {
			done <- about
			return nil
		})
		p.start(b)
		n := 0
		for b.Loop() {
			list := make([]jobs.Job, 100)
			for i := range list {
				list[i] = jobs.Job{Kind: "note", About: fmt.Sprint(i)}
			}
			p.enqueue(b, list...)
			for range list {
				<-done
			}
			n += len(list)
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "jobs/s")
	})
}

// BenchmarkCommitToWork measures the time from the commit of a job to its
// beginning, with nothing else to do.
func BenchmarkCommitToWork(b *testing.B) {
	onEach(b, func(b *testing.B, dsn string) {
		p := newProcess(b, dsn)
		done := make(chan string, 1)
		p.Work("note", jobs.Limits{}, func(_ context.Context, about string) error {
			done <- about
			return nil
		})
		p.start(b)
		for b.Loop() {
			p.enqueue(b, jobs.Job{Kind: "note"})
			<-done
		}
	})
}

// onEach is storagetest.Each for benchmarks.
func onEach(b *testing.B, bench func(b *testing.B, dsn string)) {
	b.Run("SQLite", func(b *testing.B) { bench(b, storagetest.File(b)) })
	b.Run("PostgreSQL", func(b *testing.B) { bench(b, storagetest.Schema(b)) })
}
