package detect

import (
	"fmt"
	"runtime"
	"testing"
	"time"
)

// BenchmarkFold reports how many rows a second a Fold takes in: modern rows,
// which most are, and legacy rows of 2,000 clients.
func BenchmarkFold(b *testing.B) {
	const batch = 200_000
	kinds := []struct {
		name string
		row  func(i int) SignIn
	}{
		{"modern", func(i int) SignIn {
			s := clientRow(i%20_000, i)
			s.ClientApp, s.Result.Code = "Mobile Apps and Desktop clients", 0
			return s
		}},
		{"modern wrong password", func(i int) SignIn {
			s := clientRow(i%20_000, i)
			s.ClientApp, s.Result.Code = "Browser", 50126
			return s
		}},
		{"legacy", func(i int) SignIn { return clientRow(i%2_000, i) }},
	}
	for _, kind := range kinds {
		b.Run(kind.name, func(b *testing.B) {
			rows := make([]SignIn, batch)
			for i := range rows {
				rows[i] = kind.row(i)
			}
			f := NewFold(Window{})
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				if n%batch == 0 {
					f = NewFold(Window{})
				}
				f.Add(&rows[n%batch])
				n++
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// BenchmarkFoldMemory reports what a Fold keeps: bytes for each client where
// there are many, and bytes for each row where few clients have many. The answer
// that Clients gives comes on top of it.
func BenchmarkFoldMemory(b *testing.B) {
	sizes := []struct {
		name          string
		clients, rows int
	}{
		{"100000 clients of 5 rows", 100_000, 500_000},
		{"1000000 rows of 2000 clients", 2_000, 1_000_000},
	}
	for _, size := range sizes {
		b.Run(size.name, func(b *testing.B) {
			var kept, answer uint64
			for b.Loop() {
				before := heap()
				f := NewFold(Window{})
				for i := range size.rows {
					s := clientRow(i%size.clients, i)
					f.Add(&s)
				}
				kept = heap() - before
				clients := f.Clients()
				answer = heap() - before - kept
				runtime.KeepAlive(f)
				runtime.KeepAlive(clients)
			}
			b.ReportMetric(float64(kept)/float64(size.clients), "bytes/client")
			b.ReportMetric(float64(kept)/float64(size.rows), "bytes/row")
			b.ReportMetric(float64(kept)/(1<<20), "MiB")
			b.ReportMetric(float64(answer)/float64(size.clients), "answer-bytes/client")
		})
	}
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// clientRow is row number i of a client with an account and a network of its
// own, an hour after the row before it. Its strings are new, as a reader's are.
func clientRow(client, i int) SignIn {
	return SignIn{
		ID:     fmt.Sprintf("%08x-4f3c-4d1a-9b7e-%012x", i, client),
		Tenant: "6e2a1c55-7d0b-4b7e-9a53-0c9ad2f3b111", HomeTenant: "6e2a1c55-7d0b-4b7e-9a53-0c9ad2f3b111",
		Time:   monday.Add(time.Duration(i%500_000) * 700 * time.Millisecond),
		UserID: fmt.Sprintf("%08x-0000-4000-8000-%012x", client, client),
		User:   fmt.Sprintf("person%d.surname@contoso.com", client), DisplayName: fmt.Sprint("Person Surname ", client),
		UserType: "member", ClientApp: "IMAP4", AuthProtocol: "ropc", Agent: "BAV2ROPC",
		App: "Office 365 Exchange Online", AppID: exchangeOnline,
		IP: fmt.Sprintf("10.%d.%d.%d", client>>16, client>>8&255, client&255), Country: "PT", City: "Lisboa",
		Result: Result{Known: true, Code: []int{0, 50126, 53003, 0}[i%4]},
		Event:  NonInteractive,
	}
}
