package useragent

import "testing"

func BenchmarkDecode(b *testing.B) {
	for _, bm := range []struct{ name, agent string }{
		{"translated", "BAV2ROPC"},
		{"apple", "Apple-iPhone12C1/1907.71"},
		{"outlook", "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)"},
		{"browser", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0"},
		{"unlisted", "FabrikamMailer/2.14 (build 7; Windows NT 10.0)"},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Decode(bm.agent)
			}
		})
	}
	agents := fixtureAgents(b)
	b.Run("fixtures", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			Decode(agents[i%len(agents)])
		}
	})
}
