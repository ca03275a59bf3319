//go:build unix && !solaris && !aix

package logfile_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"legacyauth/adapters/logfile"
)

// hold locks a log as another process does and gives what lets go of it.
func hold(t *testing.T, path string) func() {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	return func() { _ = f.Close() }
}

// writerOf names the log to write to when the test runs as its own child.
const writerOf = "LOGFILE_TEST_WRITE"

// TestWriter is no test but what the processes below run: it sends messages
// until it is killed or has sent all, and says each on its output.
func TestWriter(t *testing.T) {
	path, name, ok := strings.Cut(os.Getenv(writerOf), "|")
	if !ok {
		t.Skip("runs in a process of its own")
	}
	log := logfile.New("", nil)
	for i := range 200 {
		key := fmt.Sprintf("%s-%d", name, i)
		if _, err := log.Send(t.Context(), message(path, key)); err != nil {
			t.Fatal(err)
		}
		fmt.Println("sent " + key)
	}
}

// writer starts a process and gives what it says.
func writer(t *testing.T, path, name string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestWriter$")
	c.Env = append(os.Environ(), writerOf+"="+path+"|"+name)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c, bufio.NewScanner(out)
}

func TestTwoProcessesAndARotation(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.log")
	one, oneSays := writer(t, path, "one")
	two, twoSays := writer(t, path, "two")
	for range 50 {
		oneSays.Scan()
	}
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	for oneSays.Scan() || twoSays.Scan() {
		continue
	}
	for _, c := range []*exec.Cmd{one, two} {
		if err := c.Wait(); err != nil {
			t.Error(err)
		}
	}
	counts := map[string]int{}
	for _, l := range append(lines(t, path+".1"), lines(t, path)...) {
		counts[l.Key]++
	}
	for _, name := range []string{"one", "two"} {
		for i := range 200 {
			if key := fmt.Sprintf("%s-%d", name, i); counts[key] != 1 {
				t.Errorf("%s stands there %d times", key, counts[key])
			}
		}
	}
}

// TestKilled kills the process that writes, again and again: what it said it
// sent is there once, and every line is whole after the next message.
func TestKilled(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.log")
	said := map[string]bool{}
	for round := range 12 {
		c, says := writer(t, path, fmt.Sprint("round", round))
		for n := 0; n < 1+round*3 && says.Scan(); n++ {
			if key, ok := strings.CutPrefix(says.Text(), "sent "); ok {
				said[key] = true
			}
		}
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for says.Scan() {
			if key, ok := strings.CutPrefix(says.Text(), "sent "); ok {
				said[key] = true
			}
		}
		_ = c.Wait() // it was killed
	}
	if _, err := logfile.New("", nil).Send(t.Context(), message(path, "last")); err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, l := range lines(t, path) {
		counts[l.Key]++
	}
	if len(said) < 12 {
		t.Fatalf("only %d messages were sent", len(said))
	}
	for key := range said {
		if counts[key] != 1 {
			t.Errorf("%s was sent and stands there %d times", key, counts[key])
		}
	}
}

func TestPipesAreRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip("no pipes here:", err)
	}
	if _, err := logfile.New("", nil).Send(t.Context(), message(path, "k")); err == nil || !strings.Contains(err.Error(), "regular file") {
		t.Errorf("Send to a pipe = %v", err)
	}
}
