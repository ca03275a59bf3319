package signins_test

import (
	"context"
	"net/http"
	"runtime"
	"testing"
	"time"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/adapters/entra/signins"
	"legacyauth/detect"
)

// The figures that matter: a first scan over 30 days of a tenant with 200,000
// sign-ins, 2,000 of them legacy. Each benchmark reports requests, bytes, the
// growth of the heap and the wall time under a request budget that is ten times
// Microsoft's, as a multiple of what that budget permits for the pages alone.
//
//	go test -run '^$' -bench Scan -benchtime 1x ./adapters/entra/signins
const (
	benchRows   = 200_000
	benchLegacy = 2000
	benchDays   = 30
	// benchWindow is ten seconds in life.
	benchWindow = time.Second
	perWindow   = 5
)

func BenchmarkScanFiltered(b *testing.B) { scan(b, nil, benchLegacy) }

func BenchmarkScanUnfiltered(b *testing.B) {
	scan(b, []entratest.Rule{
		{Unfiltered: true},
		{Path: "/auditLogs/", Mishap: entratest.Refused(http.StatusBadRequest, "BadRequest", "Invalid filter clause")},
	}, benchRows)
}

// BenchmarkScanOneClientAppPerQuery is what a service costs that answers small
// queries only.
func BenchmarkScanOneClientAppPerQuery(b *testing.B) {
	scan(b, []entratest.Rule{{MoreThanApps: 1, Mishap: slow}}, benchLegacy)
}

func scan(b *testing.B, rules []entratest.Rule, rows int) {
	server := start(b, sample(benchRows, benchLegacy, benchDays), func(c *entratest.Config) {
		c.Throttle = entratest.Throttle{Tenant: entratest.Rate{Requests: perWindow, Per: benchWindow}, RetryAfter: "1"}
	})
	budget := &entra.Budget{PerTenant: perWindow, Window: benchWindow}
	for b.Loop() {
		server.Reset()
		server.Misbehave(rules...)
		src := source(b, graph(b, server, budget))
		src.Window.From = now.Add(-benchDays * day)
		heap := &peak{Getter: src.Graph, base: live()}
		src.Graph = heap
		fold := detect.NewFold(detect.Window{})
		began := time.Now()
		reading, err := src.Read(context.Background(), func(batch []detect.SignIn) error {
			for i := range batch {
				fold.Add(&batch[i])
			}
			heap.look()
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		if c := fold.Counts(); c.Legacy != benchLegacy || c.Read != int64(rows) {
			b.Fatalf("read %d sign-ins, of them %d legacy", c.Read, c.Legacy)
		}
		took := time.Since(began)
		sent := server.Counts()["/auditLogs/signIns"]
		pages := (rows + 999) / 1000
		permitted := max(0, pages-perWindow) * int(benchWindow) / perWindow
		b.ReportMetric(float64(sent.Requests), "requests")
		b.ReportMetric(float64(sent.Refused), "refused")
		b.ReportMetric(float64(sent.Bytes)/1e6, "MB")
		b.ReportMetric(float64(sent.Bytes)/float64(ownBytes(sample(benchRows, benchLegacy, benchDays))), "x-legacy-bytes")
		b.ReportMetric(float64(heap.most)/(1<<20), "MiB-heap")
		b.ReportMetric(float64(reading.Windows), "windows")
		if permitted > 0 {
			b.ReportMetric(float64(took)/float64(permitted), "x-permitted")
		}
		b.ReportMetric(0, "ns/op")
	}
}

// peak watches how much more of the heap is in use than at first; the server,
// which is in the same process, is there before.
type peak struct {
	signins.Getter
	base, most uint64
}

func (p *peak) look() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	p.most = max(p.most, m.HeapAlloc-min(m.HeapAlloc, p.base))
}

func live() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
