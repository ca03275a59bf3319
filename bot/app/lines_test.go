package app

import (
	"bytes"
	"sync"
)

// lines is an output that several goroutines write to.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func newLines() *lines { return &lines{} }

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
