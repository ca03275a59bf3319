package health

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// metrics gives the facts to Prometheus, as they are when it asks.
type metrics struct {
	reader *Reader
	fail   func(error)
}

// newRegistry gives a registry of the facts, the process and the Go runtime.
func newRegistry(r *Reader, fail func(error)) *prometheus.Registry {
	registry := prometheus.NewRegistry()
	registry.MustRegister(metrics{r, fail}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return registry
}

func described(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("legacyauth_"+name, help, labels, nil)
}

// Describe sends nothing: which tenants and platforms there are changes.
func (metrics) Describe(chan<- *prometheus.Desc) {}

// answering is how long a scrape may take.
const answering = 5 * time.Second

// Collect reads the facts.
func (m metrics) Collect(to chan<- prometheus.Metric) {
	ctx, stop := context.WithTimeout(context.Background(), answering)
	defer stop()
	gauge := func(name, help string, v float64, labels ...string) {
		names := map[int][]string{0: nil, 1: {"tenant"}}[len(labels)]
		to <- prometheus.MustNewConstMetric(described(name, help, names...), prometheus.GaugeValue, v, labels...)
	}
	f, err := m.reader.Read(ctx)
	if err != nil {
		m.fail(err)
		gauge("database_up", "1 when the database answers.", 0)
		return
	}
	gauge("database_up", "1 when the database answers.", 1)
	gauge("database_bytes", "Size of the database.", float64(f.Database.Bytes))
	gauge("problems", "Things that somebody has to look at; /healthz names them.", float64(len(f.Problems)))
	gauge("messages_waiting", "Messages that are not delivered, due or not.", float64(f.Messages.Waiting))
	gauge("messages_buried", "Messages given up as undeliverable in the last seven days.", float64(f.Messages.Buried))
	gauge("oldest_undelivered_message_age_seconds", "Age of the oldest message that is due; 0: none is.", age(f.At, f.Messages.Oldest))
	for _, t := range f.Tenants {
		gauge("clients", "Clients that have not moved yet, guesses not counted.", float64(t.Clients), t.Name)
		gauge("clients_guessed", "Clients that are nothing but guesses at passwords.", float64(t.Guessed), t.Name)
		gauge("never_read", "1 for a tenant whose sign-ins were never read.", one(t.ReadTo.IsZero()), t.Name)
		if !t.ReadTo.IsZero() {
			gauge("read_to_age_seconds", "Age of the moment up to which the tenant's sign-ins were read; absent where never_read is 1.", age(f.At, t.ReadTo), t.Name)
		}
		if p := t.LastPass; p != nil {
			gauge("scan_duration_seconds", "Duration of the last scan.", time.Duration(p.Took).Seconds(), t.Name)
			gauge("scan_age_seconds", "Time since the last scan began.", age(f.At, p.Started), t.Name)
			gauge("scan_complete", "1 when the last scan read everything.", one(p.Complete), t.Name)
			gauge("scan_failed", "1 when the last scan could read nothing.", one(p.Error != ""), t.Name)
			gauge("scan_rows", "Sign-ins that the last scan read.", float64(p.Rows), t.Name)
			gauge("scan_requests", "Requests that the last scan sent.", float64(p.Requests), t.Name)
			gauge("scan_throttles", "Requests of the last scan that were answered with: too many.", float64(p.Throttles), t.Name)
		}
	}
	heard := described("last_inbound_age_seconds", "Time since anything was last received from the platform, answers to own calls not counted; absent where nothing was since the start.", "platform")
	for _, p := range f.Platforms {
		if !p.Heard.IsZero() {
			to <- prometheus.MustNewConstMetric(heard, prometheus.GaugeValue, age(f.At, p.Heard), p.Name)
		}
	}
}

// age gives the seconds since at; 0 where at is no time.
func age(now, at time.Time) float64 {
	if at.IsZero() {
		return 0
	}
	return max(now.Sub(at).Seconds(), 0)
}

func one(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
