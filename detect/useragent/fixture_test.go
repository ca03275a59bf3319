package useragent

import (
	"bufio"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the expected answers anew")

// TestFixtures decodes one agent of every shape that is known and compares the
// whole answer with testdata/agents.tsv. A change of a rule shows there as a
// change of the answers it touches.
func TestFixtures(t *testing.T) {
	t.Parallel()
	path := filepath.Join("testdata", "agents.tsv")
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const columns = "# agent\tfamily\tmodel\tos\tversion\tconfidence\tidentity\twords\tevidence"
	var got strings.Builder
	got.WriteString(columns + "\n")
	families := make(map[Family]bool)
	lines := bufio.NewScanner(strings.NewReader(string(file)))
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		agent, _, _ := strings.Cut(lines.Text(), "\t")
		d := Decode(agent)
		families[d.Family] = true
		got.WriteString(strings.Join([]string{
			agent, string(d.Family), d.Model, d.OS, d.Version, string(d.Confidence),
			d.Identity(), d.Words(), strings.Join(d.Evidence, "; "),
		}, "\t") + "\n")
	}
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, have := strings.Split(string(file), "\n"), strings.Split(got.String(), "\n")
	for i := range max(len(want), len(have)) {
		if i >= len(want) || i >= len(have) || want[i] != have[i] {
			t.Errorf("%s:%d differs\n got %q\nwant %q\n(-update writes it anew)", path, i+1, at(have, i), at(want, i))
		}
	}
	for _, f := range Families() {
		// No agent says these; they are worked out from what a client does.
		inferred := f == Printer || f == MailSender || f == MailboxReader
		if families[f] == inferred {
			t.Errorf("family %s among the fixtures is %v, want %v", f, families[f], !inferred)
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
