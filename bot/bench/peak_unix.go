//go:build unix

package bench

import (
	"os"
	"runtime"
	"syscall"
)

// peak is the largest memory of a process that has ended. A process counts as
// its own what the one that started it had, so nothing below Floor can be told.
func peak(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return size(usage)
}

// Floor is the least peak that can be told: this process's own.
func Floor() int64 {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return size(&usage)
}

func size(usage *syscall.Rusage) int64 {
	kilo := int64(1024)
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" { // where it is given in bytes
		kilo = 1
	}
	return usage.Maxrss * kilo
}
