package discord

import (
	"crypto/sha256"
	"encoding/binary"
)

// mark is what a message keeps of its key and its server, in the ids of two of
// its components, which people do not see and Discord hands back. 45 bits of the
// key's hash tell it from the hundred others that Find looks at; 15 bits of the
// server's say for which of the configured servers a direct message was.
type mark struct {
	key    uint64
	server uint64
}

const (
	keyBits    = 45
	serverBits = 15
	marked     = 1 << 30 // above every id that Discord gives by itself
)

func markOf(key, server string) mark {
	return mark{hashed("key "+key) >> (64 - keyBits), serverMark(server)}
}

func serverMark(server string) uint64 { return hashed("server "+server) >> (64 - serverBits) }

func hashed(s string) uint64 {
	sum := sha256.Sum256([]byte(s))
	return binary.BigEndian.Uint64(sum[:8])
}

// first and second are ids, below 2^31 as Discord asks.
func (m mark) first() int { return marked | int(m.key>>serverBits) } //nolint:gosec // 30 bits

func (m mark) second() int {
	return marked | int(m.key&(1<<serverBits-1)<<serverBits|m.server) //nolint:gosec // 30 bits
}

// read gives the mark that two ids carry; false: none of ours.
func read(first, second int) (mark, bool) {
	if first&marked == 0 || second&marked == 0 || first < 0 || second < 0 {
		return mark{}, false
	}
	low := uint64(second &^ marked)                                                                   //nolint:gosec // not below 0
	return mark{uint64(first&^marked)<<serverBits | low>>serverBits, low & (1<<serverBits - 1)}, true //nolint:gosec // not below 0
}
