package demo

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"legacyauth/bot/demo/graphlog"
)

func streamed(t *testing.T, c StreamConfig) ([]byte, Streamed) {
	t.Helper()
	var out bytes.Buffer
	done, err := Stream(c, &out)
	if err != nil {
		t.Fatal(err)
	}
	if done.Bytes != int64(out.Len()) {
		t.Errorf("%d bytes were written, %d are claimed", out.Len(), done.Bytes)
	}
	return out.Bytes(), done
}

func thousands(shape graphlog.Shape) StreamConfig {
	return StreamConfig{
		Seed: 7, Rows: 5000, Users: 300, Clients: 900, Legacy: 0.5, Shape: shape,
		From: Contoso().From, To: Contoso().To,
	}
}

func TestStreamShapes(t *testing.T) {
	t.Parallel()
	count := map[graphlog.Shape]func(t *testing.T, out []byte) int{
		graphlog.Lines: func(t *testing.T, out []byte) int { return len(readRows(t, out)) },
		graphlog.Diagnostic: func(t *testing.T, out []byte) int {
			n := 0
			for line := range bytes.Lines(out) {
				var r struct {
					Category   string
					Properties row
				}
				if err := json.Unmarshal(line, &r); err != nil || r.Properties.ID == "" || r.Category == "" {
					t.Fatalf("record %d is not one: %v", n+1, err)
				}
				n++
			}
			return n
		},
		graphlog.Array: func(t *testing.T, out []byte) int {
			var rows []row
			if err := json.Unmarshal(out, &rows); err != nil {
				t.Fatal(err)
			}
			return len(rows)
		},
		graphlog.Page: func(t *testing.T, out []byte) int {
			var page struct{ Value []row }
			if err := json.Unmarshal(out, &page); err != nil {
				t.Fatal(err)
			}
			return len(page.Value)
		},
		graphlog.PortalCSV: func(t *testing.T, out []byte) int {
			lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(out, []byte("\ufeff")))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			return len(lines) - 1
		},
	}
	for shape, rows := range count {
		t.Run(string(shape), func(t *testing.T) {
			t.Parallel()
			out, done := streamed(t, thousands(shape))
			if n := rows(t, out); n != 5000 || done.Rows != 5000 {
				t.Errorf("read %d rows, %d are claimed, want 5000", n, done.Rows)
			}
		})
	}
}

func TestStreamAgreesWithScan(t *testing.T) {
	t.Parallel()
	out, done := streamed(t, thousands(graphlog.Lines))
	f := fold(readRows(t, out))
	n := f.Counts()
	if n.Legacy != done.Legacy || n.Duplicates != done.Duplicates || n.Read != done.Rows {
		t.Errorf("the scan counts %+v, the stream claims %+v", n, done)
	}
	if got := len(f.Clients()); got != 900 || done.Clients != 900 {
		t.Errorf("the scan finds %d clients, the stream claims %d, want 900", got, done.Clients)
	}
	if done.Duplicates == 0 {
		t.Error("no legacy row is repeated")
	}
}

func TestStreamEndsAtSize(t *testing.T) {
	t.Parallel()
	c := thousands(graphlog.Array)
	c.Rows, c.Bytes = 0, 2_000_000
	out, _ := streamed(t, c)
	if over := len(out) - 2_000_000; over < 0 || over > 8192 {
		t.Errorf("the log has %d bytes, want 2,000,000 and at most a row more", len(out))
	}
	again, _ := streamed(t, c)
	if !bytes.Equal(out, again) {
		t.Error("equal configurations give different bytes")
	}
}

func TestStreamRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*StreamConfig)
		says   string
	}{
		"no end":        {func(c *StreamConfig) { c.Rows = 0 }, "rows"},
		"no users":      {func(c *StreamConfig) { c.Users = 0 }, "users"},
		"share too big": {func(c *StreamConfig) { c.Legacy = 4 }, "share"},
		"empty window":  {func(c *StreamConfig) { c.To = c.From }, "window"},
		"unknown shape": {func(c *StreamConfig) { c.Shape = "xml" }, "xml"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := thousands(graphlog.Lines)
			c.change(&config)
			_, err := Stream(config, io.Discard)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want an error that says %q", err, c.says)
			}
		})
	}
}

// TestTemplateEqualsWriter compares the fast path with the plain one.
func TestTemplateEqualsWriter(t *testing.T) {
	t.Parallel()
	for _, shape := range []graphlog.Shape{graphlog.Lines, graphlog.Diagnostic, graphlog.PortalCSV} {
		frame, err := shape.Frame()
		if err != nil {
			t.Fatal(err)
		}
		s := newScene(Contoso())
		a := s.person("anna.weber")
		r := s.chance("template")
		plain := s.legacy(r, a, s.From, a.home(), 53003)
		plain.ID, plain.Correlation, plain.Agent, plain.Device = guid(r), guid(r), translated, a.phone
		marked := plain
		marked.ID, marked.Correlation, marked.IP, marked.Agent = mark(slotID), mark(slotCorrelation), mark(slotAddress), mark(slotAgent)
		marked.User.ID, marked.User.Name, marked.User.Display = mark(slotUserID), mark(slotUserName), mark(slotDisplay)
		marked.Device.ID, marked.Token = mark(slotDeviceID), mark(slotToken)

		fill := filling{
			slotID: []byte(plain.ID), slotCorrelation: []byte(plain.Correlation), slotTime: []byte("2026-10-22T00:00:00Z"),
			slotUserID: []byte(a.ID), slotUserName: []byte(a.Name), slotDisplay: []byte(a.Display),
			slotAddress: []byte(plain.IP), slotAgent: []byte(plain.Agent), slotDeviceID: []byte(a.phone.ID),
		}
		got := newTemplate(marked, frame.Append).append(nil, &fill)
		if want := frame.Append(nil, &plain); !bytes.Equal(got, want) {
			t.Errorf("%s: template and writer differ:\n%s\n%s", shape, got, want)
		}
	}
}

func BenchmarkStream(b *testing.B) {
	for _, shape := range []graphlog.Shape{graphlog.Lines, graphlog.Diagnostic, graphlog.PortalCSV} {
		b.Run(string(shape), func(b *testing.B) {
			c := thousands(shape)
			c.Rows, c.Legacy = 20_000, 0.04
			for b.Loop() {
				done, err := Stream(c, io.Discard)
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(done.Bytes)
			}
		})
	}
}
